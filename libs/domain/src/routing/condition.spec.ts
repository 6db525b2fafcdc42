import { describe, expect, it } from '@jest/globals';
import { holds, momentOf, normalWords, sayConditions, type Conditions, type Facts } from './condition.js';

const monday = { weekday: 1, time: '09:30', open: true };

describe('conditions', () => {
  it.each<[string, Conditions, Facts, boolean]>([
    ['nothing asked always holds', {}, {}, true],
    ['one of a list is enough', { channel: ['a', 'b'] }, { channel: 'b' }, true],
    ['what is absent meets no condition', { channel: ['a'] }, {}, false],
    ['all that is asked must hold', { channel: ['a'], account: ['x'] }, { channel: 'a', account: 'y' }, false],
    ['a language holds for its regions', { language: ['en'] }, { language: 'en-GB' }, true],
    ['and not for a language that begins alike', { language: ['en'] }, { language: 'enm' }, false],
    ['words are found whatever their accents and case', { words: { any: ['perché'] } }, { text: 'PERCHE no?' }, true],
    ['a word is not found inside another', { words: { any: ['art'] } }, { text: 'la carta' }, false],
    ['a star stands for any ending', { words: { any: ['lampion*'] } }, { text: 'due lampioni spenti' }, true],
    ['a phrase is found across punctuation', { words: { any: ['via roma'] } }, { text: 'in Via, Roma' }, true],
    ['all words', { words: { all: ['buca', 'strada'] } }, { text: 'una buca nella strada' }, true],
    ['all words, one missing', { words: { all: ['buca', 'strada'] } }, { text: 'una buca' }, false],
    ['none of the words', { words: { none: ['urgente'] } }, { text: 'È urgente!' }, false],
    ['a phrase of nothing is never found', { words: { any: ['…'] } }, { text: 'ciao' }, false],
    ['a condition on words with no words said', { words: { any: ['ciao'] } }, {}, false],
    ['the hour, its end excluded', { hours: { from: '08:00', to: '09:30' } }, { moment: monday }, false],
    ['the hour, its beginning included', { hours: { from: '09:30' } }, { moment: monday }, true],
    [
      'an interval over midnight',
      { hours: { from: '22:00', to: '06:00' } },
      { moment: { weekday: 3, time: '23:10' } },
      true,
    ],
    ['a weekday', { hours: { weekdays: [6, 7] } }, { moment: monday }, false],
    ['the office is open', { hours: { open: true } }, { moment: monday }, true],
    ['the office is closed', { hours: { open: false } }, { moment: monday }, false],
    ['an hour nobody knows', { hours: { weekdays: [1] } }, {}, false],
    ['a known contact', { knownContact: true }, { knownContact: false }, false],
    ['the place', { area: ['centro'] }, { area: 'centro' }, true],
    ['the kind', { kind: ['report'] }, { kind: 'complaint' }, false],
  ])('%s', (_, when, facts, expected) => {
    expect(holds(when, facts)).toBe(expected);
  });

  it('are said in words', () => {
    expect(
      sayConditions({
        category: ['buche', 'verde'],
        words: { any: ['albero'], none: ['multa'] },
        hours: { weekdays: [6], from: '08:00', open: false },
        knownContact: true,
      }),
    ).toBe(
      'categoria «buche» o «verde», parole «albero», nessuna delle parole «multa», sabato dalle 08:00 a ufficio chiuso, persona già nota',
    );
    expect(sayConditions({})).toBe('sempre');
  });

  it.each([
    ['2026-03-29T00:59:00Z', 7, '01:59'],
    ['2026-03-29T01:00:00Z', 7, '03:00'],
    ['2026-12-31T23:30:00Z', 5, '00:30'],
  ])('the clock of the place at %s', (at, weekday, time) => {
    expect(momentOf(new Date(at), 'Europe/Rome')).toEqual({ weekday, time, open: undefined });
  });

  it('keep letters of every alphabet', () => {
    expect(normalWords('Città «Ψυχή»\n12/b')).toBe('citta ψυχη 12 b');
  });
});
