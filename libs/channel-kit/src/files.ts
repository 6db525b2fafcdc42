import { fileTypeFromBuffer } from 'file-type';
import type { Mistake } from './problem.js';

/** A file as somebody sent it: nothing of it is believed. */
export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
}
/** A file with its name made harmless and the type that its bytes show. */
export interface KnownFile extends Upload {
  readonly mediaType: string;
}
/** What may be sent at once: how many, how large each, in bytes, and of which types. */
export interface FileLimits {
  readonly max: number;
  readonly maxBytes: number;
  readonly mediaTypes: readonly string[];
}

interface Words {
  readonly tooMany: (most: number) => string;
  readonly empty: string;
  readonly tooLarge: (megabytes: number) => string;
  readonly type: string;
}
const IT: Words = {
  tooMany: most => `Puoi allegare al massimo ${most} file.`,
  empty: 'il file è vuoto.',
  tooLarge: megabytes => `il file supera ${megabytes} MB.`,
  type: 'questo tipo di file non si può allegare.',
};
const EN: Words = {
  tooMany: most => `You can attach ${most} files at most.`,
  empty: 'the file is empty.',
  tooLarge: megabytes => `the file has more than ${megabytes} MB.`,
  type: 'a file of this type cannot be attached.',
};

/** Every file that may be kept, and every one that may not, with why: in English where that is the citizen's language, else in Italian. */
export async function checkedFiles(
  uploads: readonly Upload[],
  limits: FileLimits,
  language?: string,
): Promise<{ readonly files: readonly KnownFile[]; readonly mistakes: readonly Mistake[] }> {
  const words = language?.startsWith('en') ? EN : IT;
  if (uploads.length > limits.max)
    return {
      files: [],
      mistakes: [{ pointer: '/files', detail: words.tooMany(limits.max) }],
    };
  const files: KnownFile[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, upload] of uploads.entries()) {
    const known = await knownFile(upload);
    const wrong = (detail: string): void =>
      void mistakes.push({ pointer: `/files/${index}`, detail: `«${known.filename}»: ${detail}` });
    if (upload.bytes.byteLength === 0) wrong(words.empty);
    else if (upload.bytes.byteLength > limits.maxBytes) wrong(words.tooLarge(Math.floor(limits.maxBytes / 1_000_000)));
    else if (!limits.mediaTypes.includes(known.mediaType)) wrong(words.type);
    else files.push(known);
  }
  return { files, mistakes };
}

/** What a file is, by its bytes: what it says of itself is not believed. */
export async function knownFile({ filename, bytes }: Upload): Promise<KnownFile> {
  const sniffed = await fileTypeFromBuffer(bytes);
  return {
    filename: harmlessName(filename),
    mediaType: sniffed?.mime ?? (isPlainText(bytes, filename) ? 'text/plain' : 'application/octet-stream'),
    bytes,
  };
}

/** Nothing of a path, and nothing that hides or turns around the letters. */
const harmlessName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
      .slice(-200)
      .trim() || 'allegato'
  );
};

/** Text carries no signature: believed when it is called so and is nothing but text. */
function isPlainText(bytes: Uint8Array, filename: string): boolean {
  if (!/\.(txt|csv)$/i.test(filename)) return false;
  try {
    return !/(?![\n\r\t\f])\p{Cc}/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
