import { createHash, createHmac } from 'node:crypto';
import type { Part } from '@filodiretto/contracts';
import type { Keys } from '@filodiretto/platform';
import type { Message } from '../message/message.entity.js';

/** How a tracking code is kept: known to who holds it, of no use to who reads the database. */
export const trackingHashOf = (trackingCode: string): Buffer =>
  createHash('sha256').update(`tracking\n${trackingCode}`).digest();

/** What a typed code may stand for: itself, and what it is once the marks and letters that people confuse are put right. */
export const codesOf = (typed: string): string[] => {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return [...new Set([typed.trim(), plain])];
};

/**
 * SQL of the message that a code was given for: in brackets, one row at most, of those whose row fulfils `condition` (alias `m`). A code
 * that a machine told opens its case only as long as everybody may know of it: where it was told, others may read.
 */
export const trackedMessage = (condition: string): string => `(
  select m.id, m.case_id, m.contact_id, m.conversation_id, m.direction from message m join case_file f on f.id = m.case_id
  where ${condition} and (m.direction = 'in' or f.confidentiality is null) order by m.created_at limit 1)`;

/** Crockford's base 32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters of a code: 60 bits. */
const LENGTH = 12;
/** What stands in what is kept where the code was. */
const KEPT = '•'.repeat(LENGTH);

type Said = Pick<Message, 'id' | 'administrationId' | 'content'>;

/**
 * Codes that a machine gives in what it tells one citizen in private. Only what leaves has the code; what is kept has a mark in its
 * place, and its hash. A code is made from the message and a key: an order that must be made again has the same.
 */
export class TrackingCodes {
  /** `pages`: where citizens follow their cases; without it no code is given. The first key makes codes; all of them are good. */
  constructor(
    private readonly keys: Keys,
    private readonly pages: string | undefined,
  ) {}

  /** What is written of the case of a number where the code will be; nothing of a case that not everybody may know of. */
  mark({
    number,
    confidentiality,
  }: {
    readonly number: string;
    readonly confidentiality: string | null;
  }): { readonly link: string; readonly code: string } | undefined {
    if (this.pages === undefined || confidentiality !== null) return undefined;
    return { link: `${this.pages.replace(/\/+$/, '')}/pratica#${number}.${KEPT}`, code: KEPT };
  }

  /** How the code that a message gives is kept; null when it gives none. */
  hashFor(said: Said): Buffer | null {
    return said.content.some(isMarked) ? trackingHashOf(codeUnder(this.keys[0], said)) : null;
  }

  /** A message as it leaves, with the code that it gives. */
  leaving<T extends Said & { readonly trackingHash?: Buffer | null }>(said: T): T {
    const { trackingHash } = said;
    if (!trackingHash || !said.content.some(isMarked)) return said;
    const code = this.keys.map(key => codeUnder(key, said)).find(one => trackingHashOf(one).equals(trackingHash));
    if (code === undefined) return { ...said, content: said.content.map(withoutMark) };
    return {
      ...said,
      content: said.content.map(part => (isMarked(part) ? { ...part, text: unmarked(code, part.text) } : part)),
    };
  }
}

/** What words are filled with where the code will be, instead of the code. */
export const marked = (code: string, words: string): string => words.replaceAll(code, KEPT);
/** Words filled with marks, once the code takes their place. */
export const unmarked = (code: string, words: string): string => words.replaceAll(KEPT, code);

/** The words of what gave a code, for who reads them afterwards: without the lines that are of use with the code alone. */
export const withoutCode = (text: string): string =>
  text.includes(KEPT)
    ? text
        .split('\n')
        .filter(line => !line.includes(KEPT))
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()
    : text;

const isMarked = (part: Part): part is Extract<Part, { type: 'text' }> =>
  part.type === 'text' && part.text.includes(KEPT);

/** A part of what gave a code, for who reads it afterwards. */
export const withoutMark = (part: Part): Part => (isMarked(part) ? { ...part, text: withoutCode(part.text) } : part);

const codeUnder = (key: string, { administrationId, id }: Said): string => {
  const digest = createHmac('sha256', key).update(`tracking\n${administrationId}\n${id}`).digest();
  return Array.from({ length: LENGTH }, (_, index) => ALPHABET[(digest[index] ?? 0) % ALPHABET.length]).join('');
};
