import { describe, expect, it } from '@jest/globals';
import { mentionsOf } from './mentions.js';

describe('a mention in a note', () => {
  it.each<[string, string, string[]]>([
    ['is a code after an at sign', 'Chiedo a @anna.riva', ['anna.riva']],
    ['is one however often it is written', '@anna.riva e @Anna.Riva', ['anna.riva']],
    ['ends before the full stop of its sentence', 'Vedi @anna.riva.', ['anna.riva']],
    ['may stand in brackets', '(@b_c, @d-e)', ['b_c', 'd-e']],
    ['is not an address', 'scrivere a anna@comune.example', []],
    ['is not an at sign alone', 'alle @ 9', []],
  ])('%s', (_, text, expected) => {
    expect(mentionsOf(text)).toEqual(expected);
  });
});
