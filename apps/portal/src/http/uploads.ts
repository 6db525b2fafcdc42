import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Texts } from '../text/texts.js';
import type { Form, Mistake, Upload } from './forms.js';

/** What a form with files brought. */
export interface Sent {
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly Upload[];
  /** Names of files that were larger than a file may be: nothing of them was kept. */
  readonly cut: readonly string[];
}

/** Largest file and most files that are read at all; the form says how many of them it takes. */
export const READ = { fileSize: 25_000_000, files: 20, fields: 50, parts: 70, fieldSize: 100_000 } as const;

/** Reads a form with files. Rejects with what the framework says when there is more than is read at all. */
export async function formIn(request: FastifyRequest): Promise<Sent> {
  const body: Record<string, unknown> = {};
  const files: Upload[] = [];
  const cut: string[] = [];
  for await (const part of request.parts({ limits: READ })) {
    if (part.type === 'field') body[part.fieldname] = part.value;
    else {
      const bytes = await part.toBuffer();
      if (part.file.truncated) cut.push(part.filename);
      else if (part.filename !== '' || bytes.byteLength > 0)
        files.push({ filename: part.filename, mediaType: part.mimetype, bytes });
    }
  }
  return { body, files, cut };
}

const MEGABYTE = 1_000_000;

/** The files that a form may take besides those it has, and what is wrong with the others. The forms look at the bytes themselves. */
export function acceptable(
  { files, cut }: Sent,
  already: number,
  form: Form,
  t: Texts,
): { readonly good: readonly Upload[]; readonly mistakes: readonly Mistake[] } {
  const limits = form.files;
  if (!limits) return { good: [], mistakes: [] };
  const { report } = t;
  const megabytes = Math.floor(limits.maxBytes / MEGABYTE);
  const mistakes: Mistake[] = cut.map(name => ({ field: 'files', detail: report.photoTooLarge(name, megabytes) }));
  const good: Upload[] = [];
  for (const file of files) {
    const wrong = (detail: string): void => void mistakes.push({ field: 'files', detail });
    if (file.bytes.byteLength === 0) wrong(report.photoEmpty(file.filename));
    else if (file.bytes.byteLength > limits.maxBytes) wrong(report.photoTooLarge(file.filename, megabytes));
    else if (!limits.mediaTypes.includes(file.mediaType)) wrong(report.photoKind(file.filename));
    else if (already + good.length >= limits.max) {
      wrong(report.photosTooMany(limits.max));
      break;
    } else good.push(file);
  }
  return { good, mistakes };
}
