import type { Upload } from './files.js';

/** A body that cannot be read: whoever made it must change it. Its words are for them. */
export class Unreadable extends Error {}

const MAX_PARTS = 300;

/** Whether a body is said to be that of a form. */
export const isFormData = (mediaType: string): boolean =>
  ['multipart/form-data', 'application/x-www-form-urlencoded'].includes(
    mediaType.split(';')[0]?.trim().toLowerCase() ?? '',
  );

/** The fields and the files of a form, in order. Throws `Unreadable`. The bytes are already bounded. */
export async function formDataOf(raw: Uint8Array, mediaType: string): Promise<FormData> {
  const boundary = /boundary="?([^";]+)"?/i.exec(mediaType)?.[1];
  if (boundary && partsIn(raw, boundary) > MAX_PARTS) throw new Unreadable('Il modulo ha troppe parti.');
  try {
    return await new Response(Uint8Array.from(raw), { headers: { 'content-type': mediaType } }).formData();
  } catch {
    throw new Unreadable('Il modulo inviato non si può leggere.');
  }
}

/** The files of a form: a browser sends an empty, nameless one where none was chosen. */
export const uploadsIn = (data: FormData): Promise<Upload[]> =>
  Promise.all(
    [...data.values()]
      .filter(value => typeof value !== 'string')
      .filter(({ size, name }) => size > 0 || name !== '')
      .map(async value => ({ filename: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })),
  );

function partsIn(raw: Uint8Array, boundary: string): number {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let count = 0;
  for (
    let at = bytes.indexOf(`--${boundary}`);
    at >= 0 && count <= MAX_PARTS;
    at = bytes.indexOf(`--${boundary}`, at + 1)
  )
    count += 1;
  return count;
}
