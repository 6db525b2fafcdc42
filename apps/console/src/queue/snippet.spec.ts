import { describe, expect, it } from '@jest/globals';
import { joined } from './snippet.js';

const found = (text: string) => ({ text, found: true });
const plain = (text: string) => ({ text, found: false });

describe('what was found in a snippet', () => {
  it('is one mark for one number, however many parts it was found by', () => {
    expect(
      joined([plain('n. '), found('2026'), plain('-'), found('004217'), plain('-'), found('3'), plain(' di')]),
    ).toEqual([plain('n. '), found('2026-004217-3'), plain(' di')]);
  });

  it('stays two marks for two words, and without what only follows', () => {
    const words = [found('buche'), plain(' '), found('strada'), plain('.')];
    expect(joined(words)).toEqual(words);
  });
});
