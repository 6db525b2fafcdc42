import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `X-Hub-Signature-256` is that of these bytes under one of the secrets. Constant time; the bytes as they came. */
export function signedBy(raw: Uint8Array, header: string | null, secrets: readonly string[]): boolean {
  const mark = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (!mark) return false;
  const given = Buffer.from(mark, 'hex');
  return secrets
    .map(secret => timingSafeEqual(createHmac('sha256', secret).update(raw).digest(), given))
    .some(matches => matches);
}

/** Whether two texts are equal, without telling by time how much of them is. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
