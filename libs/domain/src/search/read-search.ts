import { caseNumber, parseCaseNumber } from '../case/case-number.js';

/** What somebody typed to find something, taken apart. */
export interface SearchText {
  /** For the full text, as search engines read it: `"…"` together, `or`, `-` without. */
  readonly words: string;
  /**
   * What must be part of a name, number, address or code, whole or not; all of them must. Empty: the text is not of that
   * sort, and only its words are looked for.
   */
  readonly pieces: readonly string[];
}

/** Shortest part of a name or number that an index of three-letter pieces finds. */
export const MIN_PIECE = 3;
const MAX_PIECES = 6;
/** A number as people write it: digits in groups. */
const NUMBER = /^\+?[\d\s./()-]+$/;
const IN_QUOTES = /["“”]/;

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const isLong = (piece: string): boolean => [...piece.matchAll(/[\p{L}\p{N}]/gu)].length >= MIN_PIECE;

/**
 * Reads what was typed to find a case. One word may be part of a name, an address or a code; digits in groups are one number;
 * several words are looked for as words, since names are among the words of a case.
 */
export function readSearch(typed: string): SearchText {
  const words = inOneLine(typed);
  const number = parseCaseNumber(words);
  if (number) return { words, pieces: [caseNumber(number.year, number.counter)] };
  if (words === '' || IN_QUOTES.test(words) || (words.startsWith('-') && !NUMBER.test(words)))
    return { words, pieces: [] };
  if (NUMBER.test(words) && words.includes(' '))
    return { words, pieces: [words.replaceAll(/[\s./()]/g, '')].filter(isLong) };
  return { words, pieces: words.includes(' ') ? [] : [words].filter(isLong) };
}

/** Reads what was typed to find a person: every word is part of a name or of an address, in whatever order. */
export function readPerson(typed: string): readonly string[] {
  const words = inOneLine(typed);
  if (NUMBER.test(words)) return [words.replaceAll(/[\s./()-]/g, '')].filter(piece => piece !== '');
  return words
    .split(' ')
    .filter(piece => piece !== '')
    .slice(0, MAX_PIECES);
}
