import { describe, expect, it } from '@jest/globals';
import { segmentsOf } from './segments.js';

describe('the segments of a text message', () => {
  it.each([
    ['is empty', '', 'GSM-7', 0, 1],
    ['fills one', 'a'.repeat(160), 'GSM-7', 160, 1],
    ['is one letter longer', 'a'.repeat(161), 'GSM-7', 161, 2],
    ['fills two', 'a'.repeat(306), 'GSM-7', 306, 2],
    ['is one letter longer than two', 'a'.repeat(307), 'GSM-7', 307, 3],
    ['has small accented vowels', 'perché è così, più o meno à', 'GSM-7', 27, 1],
    ['has a capital accented vowel', 'È', 'UCS-2', 1, 1],
    ['has a typographic apostrophe', 'l’ufficio', 'UCS-2', 9, 1],
    ['has an euro, which costs two', '€'.repeat(80), 'GSM-7', 160, 1],
    ['has one euro too many', '€'.repeat(81), 'GSM-7', 162, 2],
    ['has an euro at a border, which is never divided', `${'a'.repeat(152)}€${'a'.repeat(7)}`, 'GSM-7', 161, 2],
    ['would fit in two but for an euro at the border', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['fills one in UCS-2', `È${'a'.repeat(69)}`, 'UCS-2', 70, 1],
    ['is one letter longer in UCS-2', `È${'a'.repeat(70)}`, 'UCS-2', 71, 2],
    ['has an emoji, of two units', '👍', 'UCS-2', 2, 1],
    ['has an emoji at a border, which is never divided', `${'È'.repeat(66)}👍${'È'.repeat(66)}`, 'UCS-2', 134, 3],
  ])('of one that %s', (_name, text, encoding, units, segments) =>
    expect(segmentsOf(text)).toEqual({ encoding, units, segments }),
  );
});
