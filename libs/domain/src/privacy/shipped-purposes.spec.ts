import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SHIPPED_PURPOSES } from './shipped-purposes.js';

/** Words that people agreed to stay: whoever changes them gives them a new version, and keeps the former under theirs. */
const WORDS: Readonly<Record<string, string>> = {
  'personalised_assistance 1': '917d9a2bafde05cf',
  'newsletter 1': 'ebc9f046d699495b',
  'training_recording 1': '587b7eb790f2eaa8',
};

describe('the words of a consent', () => {
  it('stay what they were for as long as their version does', () => {
    const found = SHIPPED_PURPOSES.map(({ code, version, texts }): [string, string] => [
      `${code} ${version}`,
      createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(found)).toEqual(WORDS);
  });
});
