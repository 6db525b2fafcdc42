import { describe, expect, it } from '@jest/globals';
import { SHIPPED_PURPOSES } from './shipped-purposes.js';

/** Words that people agreed to stay: whoever changes them gives them a new version, and keeps the former under theirs. */
const WORDS: Readonly<Record<string, string>> = {
  'personalised_assistance 1': 'de1765b2',
  'newsletter 1': '459d2a0c',
  'training_recording 1': '3d237153',
};

/** FNV-1a of 32 bits: tells that a text is another. */
const printOf = (text: string): string =>
  [...text]
    .reduce((sum, one) => Math.imul(sum ^ (one.codePointAt(0) ?? 0), 16_777_619) >>> 0, 2_166_136_261)
    .toString(16);

describe('the words of a consent', () => {
  it('stay what they were for as long as their version does', () => {
    const found = SHIPPED_PURPOSES.map(({ code, version, texts }): [string, string] => [
      `${code} ${version}`,
      printOf(JSON.stringify(texts)),
    ]);
    expect(Object.fromEntries(found)).toEqual(WORDS);
  });
});
