import { StreamableFile } from '@nestjs/common';

/** What is needed of the framework's reply to describe a file. */
interface Reply {
  header(name: string, value: string): unknown;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/**
 * Bytes that a citizen chose, given back as a file to keep: never shown by the browser as a page of ours, never guessed at,
 * and powerless if opened after all.
 */
export function download(
  reply: Reply,
  bytes: Uint8Array,
  file: { readonly mediaType: string; readonly filename: string },
): StreamableFile {
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  reply.header('cross-origin-resource-policy', 'same-origin');
  reply.header('cache-control', 'no-store');
  return new StreamableFile(bytes, {
    type: mediaTypeOf(file.mediaType),
    disposition: dispositionOf(file.filename),
    length: bytes.byteLength,
  });
}

const mediaTypeOf = (declared: string): string => {
  const bare = (declared.split(';')[0] ?? '').trim().toLowerCase();
  return MEDIA_TYPE.test(bare) ? bare : 'application/octet-stream';
};

/** RFC 6266, with the name in UTF-8 as RFC 8187 has it. */
function dispositionOf(filename: string): string {
  const name = filename.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, '_').slice(0, 200) || 'file';
  const plain = name.normalize('NFKD').replaceAll(/[^\x20-\x7e]|[%;,']/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
