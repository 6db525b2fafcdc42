import { createHmac, timingSafeEqual } from 'node:crypto';

/** Header of a signed delivery: `t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hexadecimal>`. */
export const SIGNATURE_HEADER = 'x-loopback-signature';
/** How far the sender's clock may be from ours, in seconds: an older delivery may be a replay. */
const TOLERANCE_S = 300;

/** The value of the header, for whoever plays the provider. */
export const sign = (secret: string, body: Uint8Array, at = Date.now()): string => {
  const seconds = Math.floor(at / 1_000);
  return `t=${seconds},v1=${digest(secret, seconds, body).toString('hex')}`;
};

/** Whether one of the secrets signed these bytes just now. Takes the same time whatever is wrong with it. */
export function isSigned(
  secrets: readonly string[],
  body: Uint8Array,
  header: string | null,
  now = Date.now(),
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (!match) return false;
  const seconds = Number(match[1]);
  if (Math.abs(now / 1_000 - seconds) > TOLERANCE_S) return false;
  const given = Buffer.from(match[2] ?? '', 'hex');
  return secrets.filter(secret => timingSafeEqual(digest(secret, seconds, body), given)).length > 0;
}

const digest = (secret: string, seconds: number, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
