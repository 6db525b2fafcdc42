import { describe, expect, it } from '@jest/globals';
import { mentionAt, mentioned } from './mention-at.js';

/** The text, with «|» where one writes. */
const at = (text: string) => mentionAt(text.replace('|', ''), text.indexOf('|'));

describe('somebody who is named in a note', () => {
  it.each([
    ['at the beginning', '@|', { from: 0, letters: '' }],
    ['after words, by some letters', 'Senti @ann| per favore', { from: 6, letters: 'ann' }],
    ['by the code', 'Senti @anna.ri|', { from: 6, letters: 'anna.ri' }],
    ['in brackets', '(@bru|', { from: 1, letters: 'bru' }],
    ['on another line', 'Sentito.\n@mar|', { from: 9, letters: 'mar' }],
  ])('is asked for %s', (_, text, asked) => {
    expect(at(text)).toEqual(asked);
  });

  it.each([
    ['an address', 'anna@comune|'],
    ['a name that is whole', '@anna.riva |'],
    ['words without it', 'anna|'],
    ['what stands after the caret', '|@anna'],
  ])('is not asked for by %s', (_, text) => {
    expect(at(text)).toBeUndefined();
  });

  it('stands there by the code, and one goes on after it', () => {
    expect(mentioned('Senti @ann', 6, 10, 'anna.riva')).toEqual({ text: 'Senti @anna.riva ', caret: 17 });
    expect(mentioned('Senti @ann per favore', 6, 10, 'anna.riva')).toEqual({
      text: 'Senti @anna.riva per favore',
      caret: 16,
    });
  });
});
