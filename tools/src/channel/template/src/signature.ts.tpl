import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-signature';

/** The value of the header, for whoever plays the provider. */
export const sign = (secret: string, body: Uint8Array): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Whether the provider signed these bytes. */
export function isSigned(secret: string, body: Uint8Array, header: string | null): boolean {
  const expected = Buffer.from(sign(secret, body));
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
