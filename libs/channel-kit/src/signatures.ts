import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a mark, in hexadecimal, is the HMAC-SHA256 of these bytes under one of the secrets. Constant time; the bytes as
 * they came. Two secrets are good while they are being changed.
 */
export function isHmacSha256(raw: Uint8Array, mark: string | undefined, secrets: readonly string[]): boolean {
  if (!mark || !/^[0-9a-f]{64}$/i.test(mark)) return false;
  const given = Buffer.from(mark, 'hex');
  return secrets
    .map(secret => timingSafeEqual(createHmac('sha256', secret).update(raw).digest(), given))
    .some(matches => matches);
}

/** Whether two texts are equal, without telling by time how much of them is. */
export function isSameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
