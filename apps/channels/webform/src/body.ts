import { createHash } from 'node:crypto';
import { formDataOf, isFormData, Unreadable, uploadsIn, type Upload } from '@filodiretto/channel-kit';
import { RESERVED } from './form.js';

/** A submission as it came, before anything is believed of it. */
export interface Submission {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly Upload[];
  readonly token?: string;
  readonly proof?: string;
  readonly trap?: string;
  readonly key?: string;
}
/** Reads JSON, multipart and url-encoded bodies. Throws `Unreadable`. The bytes are already bounded. */
export async function submissionOf(raw: Uint8Array, mediaType: string): Promise<Submission> {
  const type = mediaType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return fromJson(raw);
  if (isFormData(mediaType)) return fromForm(await formDataOf(raw, mediaType));
  throw new Unreadable('Il modulo si invia come application/json o multipart/form-data.');
}

function fromJson(raw: Uint8Array): Submission {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new Unreadable('Il corpo della richiesta non è JSON in UTF-8.');
  }
  if (!isRecord(body) || !isRecord(body.fields)) throw new Unreadable('Manca l’oggetto «fields» con le risposte.');
  const files = body.files ?? [];
  if (!Array.isArray(files)) throw new Unreadable('«files» è una lista.');
  return {
    ...reserved(name => body[name]),
    fields: body.fields,
    files: files.map((file: unknown): Upload => {
      if (!isRecord(file) || typeof file.base64 !== 'string' || typeof file.filename !== 'string')
        throw new Unreadable('Ogni file ha «filename» e «base64».');
      return { filename: file.filename, bytes: Buffer.from(file.base64, 'base64') };
    }),
  };
}

async function fromForm(data: FormData): Promise<Submission> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of data) if (typeof value === 'string' && !isReserved(name)) fields[name] = value;
  return { ...reserved(name => data.get(name)), fields, files: await uploadsIn(data) };
}

/** What two sendings of the same submission have in common: the answers and the bytes of the files. */
export const fingerprintOf = ({ fields, files }: Submission): string => {
  const digest = createHash('sha256').update(JSON.stringify(sorted(fields)));
  for (const { filename, bytes } of files) digest.update(JSON.stringify(filename)).update(bytes);
  return digest.digest('hex');
};

const sorted = (value: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
const isReserved = (name: string): boolean => Object.values(RESERVED).some(one => one === name);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const reserved = (value: (name: string) => unknown): Pick<Submission, 'token' | 'proof' | 'trap' | 'key'> =>
  Object.fromEntries(
    Object.entries(RESERVED).flatMap(([role, name]) => {
      const text = value(name);
      return typeof text === 'string' && text !== '' ? [[role, text.slice(0, 20_000)]] : [];
    }),
  );
