import { fileTypeFromBuffer } from 'file-type';
import type { Upload } from './body.js';
import type { Mistake } from '@filodiretto/channel-kit';

export interface FileLimits {
  readonly webformMaxFiles: number;
  readonly webformMaxFileBytes: number;
  readonly webformMediaTypes: readonly string[];
}

/** A file with its name made harmless and the type that its bytes show. */
export interface KnownFile {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Every file that may be kept, and every one that may not, with why. */
export async function checkedFiles(
  uploads: readonly Upload[],
  limits: FileLimits,
): Promise<{ readonly files: readonly KnownFile[]; readonly mistakes: readonly Mistake[] }> {
  if (uploads.length > limits.webformMaxFiles)
    return {
      files: [],
      mistakes: [{ pointer: '/files', detail: `Puoi allegare al massimo ${limits.webformMaxFiles} file.` }],
    };
  const files: KnownFile[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, upload] of uploads.entries()) {
    const known = await knownFile(upload);
    const wrong = (detail: string): void =>
      void mistakes.push({ pointer: `/files/${index}`, detail: `«${known.filename}»: ${detail}` });
    if (upload.bytes.byteLength === 0) wrong('il file è vuoto.');
    else if (upload.bytes.byteLength > limits.webformMaxFileBytes)
      wrong(`il file supera ${Math.floor(limits.webformMaxFileBytes / 1_000_000)} MB.`);
    else if (!limits.webformMediaTypes.includes(known.mediaType)) wrong('questo tipo di file non si può allegare.');
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
