import { invalid } from './graph-error.js';

export interface MultipartField {
  readonly name: string;
  readonly filename?: string;
  readonly mediaType?: string;
  readonly bytes: Buffer;
}

/** The fields of a `multipart/form-data` body. */
export function multipart(body: Buffer, contentType: string): MultipartField[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw invalid('The body must be multipart/form-data');
  const mark = Buffer.from(`--${boundary}`);
  const fields: MultipartField[] = [];
  let at = body.indexOf(mark);
  while (at !== -1) {
    const next = body.indexOf(mark, at + mark.length);
    if (next === -1) break;
    const piece = body.subarray(at + mark.length + 2, next - 2);
    const split = piece.indexOf('\r\n\r\n');
    const head = piece.subarray(0, Math.max(split, 0)).toString();
    const name = /name="([^"]*)"/.exec(head)?.[1];
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    const mediaType = /content-type: *([^\r\n]+)/i.exec(head)?.[1];
    if (split === -1 || name === undefined) throw invalid('A part of the form has no name');
    fields.push({
      name,
      ...(filename === undefined ? {} : { filename }),
      ...(mediaType === undefined ? {} : { mediaType }),
      bytes: piece.subarray(split + 4),
    });
    at = next;
  }
  return fields;
}
