import type { IncomingMessage } from 'node:http';

const BODY_BYTES_MAX = 1_000_000;

/** What a request brings. Throws a `TypeError` when it is too much. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) throw new TypeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
