import { describe, expect, it } from '@jest/globals';
import type { TFunction } from 'i18next';
import { mistakesIn, mistakeWords } from './mistake.js';

/** Which words are chosen, with how many. */
const t = ((key: string, more?: { readonly count?: number }) =>
  more?.count === undefined ? key : `${key} ${more.count}`) as unknown as TFunction;

describe('what is wrong with a field', () => {
  it.each([
    ['reason must match /^\\s*\\S[\\s\\S]{18,}\\S\\s*$/ regular expression', 'work.mistake.form'],
    ['reason must be longer than or equal to 1 characters', 'work.mistake.short 1'],
    ['subject must be shorter than or equal to 300 characters', 'work.mistake.long 300'],
    ['there is none of this id here', 'work.mistake.unknown'],
    ['must be a date, YYYY-MM-DD', 'work.mistake.date'],
    ['Say why.', 'said.sayWhy'],
    ['something nobody foresaw', 'work.mistake.other'],
  ])('is told in words: %s', (detail, words) => {
    expect(mistakeWords(t, detail)).toBe(words);
  });

  it('is called by its name, said once, and not where the field says it itself', () => {
    const errors = [
      { pointer: '/reason', detail: 'is missing' },
      { pointer: '/cases/0', detail: 'there is none of this id here' },
      { pointer: '/cases/1', detail: 'there is none of this id here' },
      { pointer: '/strange', detail: 'is missing' },
    ];
    expect(mistakesIn(t, errors, new Set(['/reason']))).toEqual([
      'work.field.cases: work.mistake.unknown',
      'work.mistake.required',
    ]);
  });
});
