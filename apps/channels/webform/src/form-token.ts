import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keys } from '@filodiretto/channel-kit';

export type TokenVerdict = 'good' | 'missing' | 'wrong' | 'old' | 'too_fast';
const VALID_S = 24 * 3_600;

/** Proof that a form was opened, and when, under the first key. */
export function formToken([key]: Keys, form: string, now = Date.now()): string {
  const body = `${Math.floor(now / 1_000)}.${randomBytes(9).toString('base64url')}`;
  return `${body}.${signatureOf(key, form, body)}`;
}

/** What a token proves: whichever of the keys it was made under. */
export function judgeToken(
  keys: Keys,
  form: string,
  token: string | undefined,
  minSeconds: number,
  now = Date.now(),
): TokenVerdict {
  if (!token) return 'missing';
  const match = /^((\d{1,12})\.[\w-]{12})\.([\w-]{43})$/.exec(token);
  if (!match) return 'wrong';
  const [, body = '', opened = '', signature = ''] = match;
  const given = Buffer.from(signature);
  if (!keys.some(key => timingSafeEqual(given, Buffer.from(signatureOf(key, form, body))))) return 'wrong';
  const age = now / 1_000 - Number(opened);
  if (age > VALID_S) return 'old';
  return age < minSeconds ? 'too_fast' : 'good';
}

const signatureOf = (key: string, form: string, body: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['form', form, body]))
    .digest('base64url');
