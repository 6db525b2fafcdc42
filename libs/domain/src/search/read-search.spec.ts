import { describe, expect, it } from '@jest/globals';
import { readPerson, readSearch } from './read-search.js';

describe('what is typed to find a case', () => {
  it.each([
    ['one word may be part of a name, an address or a code', 'bianchi', ['bianchi']],
    ['an address is looked for as it is', 'mario@posta.example', ['mario@posta.example']],
    ['a number of a case is looked for as it is', '2026-004217-3', ['2026-004217-3']],
    ['a number of a case is known without its dashes', '2026 004217 3', ['2026-004217-3']],
    ['a part of a number is enough', '4217', ['4217']],
    ['digits in groups are one number', '+39 055 000 0100', ['+390550000100']],
    ['digits in groups may have a dash of their own', '2026 004217', ['2026004217']],
    ['several words are words', 'lampione spento', []],
    ['words in quotes are words', '"rossi"', []],
    ['words in typographic quotes are words', '“rossi”', []],
    ['what must not be there is no part of a name', '-rossi', []],
    ['what is too short is a word', 'di', []],
    ['signs alone are nothing', '%_%', []],
    ['nothing is nothing', '  ', []],
  ])('%s', (_, typed, pieces) => {
    expect(readSearch(typed).pieces).toEqual(pieces);
  });

  it('keeps every word, in one line', () => {
    expect(readSearch(' via\n  Roma ').words).toBe('via Roma');
  });
});

describe('what is typed to find a person', () => {
  it.each([
    ['names in any order', 'Rossi  Mario', ['Rossi', 'Mario']],
    ['a telephone number in groups', '333 12-34', ['3331234']],
    ['no more than six words', 'a b c d e f g', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['nothing', ' ', []],
  ])('%s', (_, typed, pieces) => {
    expect(readPerson(typed)).toEqual(pieces);
  });
});
