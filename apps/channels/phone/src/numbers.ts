import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Address } from '@filodiretto/contracts';

/** What the provider writes when the caller hides the number. The digits spell the word on a keypad. */
const WITHHELD = new Set([
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'blocked',
  'private',
  '+266696687',
  '+7378742833',
  '+86282452253',
  '+8656696',
  '+2562533',
]);

/** A number in E.164, or `undefined` when it is none. */
export function e164(written: string): string | undefined {
  const text = written.trim();
  if (WITHHELD.has(text.toLowerCase())) return undefined;
  const parsed = parsePhoneNumberFromString(text, 'IT');
  return parsed?.isPossible() ? parsed.number : undefined;
}

/** Who called. A hidden number makes an address that nobody can answer, one for each call. */
export function caller(from: string, callSid: string, name?: string): { address: Address; conversation: string } {
  const number = e164(from);
  const displayName = name && name.trim() !== '' ? { displayName: name.trim().slice(0, 300) } : {};
  if (number) return { address: { kind: 'phone', value: number, ...displayName }, conversation: `call:${number}` };
  if (/^(sip|client):/i.test(from))
    return {
      address: { kind: 'sip', value: from.slice(0, 512), ...displayName },
      conversation: `call:${from.slice(0, 512)}`,
    };
  return { address: { kind: 'withheld', value: callSid }, conversation: `call:${callSid}` };
}

/** Who wrote. A name or a short code is a sender that cannot be answered, and always a machine. */
export function writer(from: string): { address: Address; conversation: string; answerable: boolean } {
  const number = /[a-z]/i.test(from) ? undefined : e164(from);
  if (number && number.length > 7)
    return { address: { kind: 'phone', value: number }, conversation: `sms:${number}`, answerable: true };
  const value = from.trim().slice(0, 500) || 'unknown';
  return { address: { kind: 'sender', value }, conversation: `sms:${value}`, answerable: false };
}

/** Whether an Italian number is a landline: a text message would not arrive, and costs the same. */
export const isItalianLandline = (number: string): boolean => /^\+39(?!3)/.test(number);

/**
 * A number dictated on the keypad, fit to be called back. Only ordinary Italian numbers: a service that calls whatever is
 * dictated can be made to call premium numbers all night.
 */
export function callBackNumber(digits: string): string | undefined {
  const number = e164(digits.replace(/^0039/, '+39'));
  return number && /^\+39(0[1-9]\d{4,9}|3\d{8,9})$/.test(number) ? number : undefined;
}

/** A number read aloud digit by digit. */
export const spoken = (number: string): string => number.replace(/^\+39/, '').split('').join(' ');
