import { createHmac } from 'node:crypto';
import type { Keys } from '@filodiretto/channel-kit';

/** Crockford's base 32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters before the check character: 55 bits. */
const LENGTH = 11;

/** A question about a code that nobody holds: costs the core what any other costs. */
export const NOBODYS = '0'.repeat(12);
/** Every answer about a code takes at least so long, in milliseconds: how long it took says nothing. */
export const LEAST_MS = 120;

/** The code of a submission: the same submission has the same code, and only who holds the key can make it. */
export function trackingCodeOf(key: string, form: string, externalId: string): string {
  const digest = createHmac('sha256', key)
    .update(JSON.stringify(['tracking', form, externalId]))
    .digest();
  const body = Array.from({ length: LENGTH }, (_, index) => ALPHABET[(digest[index] ?? 0) % ALPHABET.length]).join('');
  return body + checkOf(body);
}

/** Which key a code was made under, for who holds the key: says nothing of it. */
export const keyMarkOf = (key: string): string => createHmac('sha256', key).update('key').digest('hex').slice(0, 8);

/**
 * The key of a mark. What has no mark was taken before there were two keys, or under one that is held no more: that is taken for the
 * oldest.
 */
export const keyOfMark = (keys: Keys, mark: string | undefined): string =>
  keys.find(key => keyMarkOf(key) === mark) ?? keys.at(-1) ?? keys[0];

/** The code a person typed, as it was given, or nothing: a slip of one character is always recognised. */
export function typedCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (code.length !== LENGTH + 1 || [...code].some(one => !ALPHABET.includes(one))) return undefined;
  return checkOf(code.slice(0, -1)) === code.at(-1) ? code : undefined;
}

/** As people read it. */
export const groupedCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');

/** Luhn's check, over 32 characters. */
function checkOf(body: string): string {
  const base = ALPHABET.length;
  const sum = [...body].reverse().reduce((total, one, index) => {
    const value = ALPHABET.indexOf(one) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / base) + (value % base);
  }, 0);
  return ALPHABET[(base - (sum % base)) % base] ?? '';
}
