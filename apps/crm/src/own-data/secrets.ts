import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Letters and figures that nobody takes for one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 16;

/** A one-time code as it is written in a letter: sixteen letters and figures in fours, some 78 bits. */
export const newCode = (): string =>
  (
    Array.from({ length: LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)])
      .join('')
      .match(/.{4}/g) ?? []
  ).join('-');

/** How a code is kept: of no use to who reads the database. However it was typed, it is the same. */
export const codeHash = (typed: string): Buffer => hashOf('code', typed.toUpperCase().replace(/[^0-9A-Z]/g, ''));

export const newSession = (): string => randomBytes(32).toString('base64url');
export const sessionHash = (secret: string): Buffer => hashOf('session', secret);

const hashOf = (purpose: string, secret: string): Buffer =>
  createHash('sha256').update(`own data ${purpose}\n${secret}`).digest();

/** An address as it is kept, whatever spaces and letters it was typed with. */
export function plainAddress(value: string): string {
  const bare = value.trim();
  if (bare.includes('@')) return bare.toLowerCase();
  return /^[+\d][\d\s./()-]*$/.test(bare) ? bare.replace(/[^+\d]/g, '') : bare;
}
