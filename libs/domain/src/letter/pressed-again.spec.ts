import { describe, expect, it } from '@jest/globals';
import { MOST_KEPT, pressedAgain, type PressedAgain } from './pressed-again.js';

const MANY = Array.from({ length: MOST_KEPT }, (_, n) => `w${n}`);

describe('words at a link that was used', () => {
  it.each<[string, string | null, string | null, readonly string[], PressedAgain]>([
    ['none are lost where none were written', null, 'a', [], 'nothing'],
    ['the same button pressed twice says nothing new', 'a', 'a', [], 'same'],
    ['others are kept', 'b', 'a', [], 'keep'],
    ['they are kept also where whoever acted wrote none', 'b', null, [], 'keep'],
    ['they are kept once', 'b', 'a', ['c', 'b'], 'kept'],
    ['a third person is kept beside the second', 'c', 'a', ['b'], 'keep'],
    ['nobody fills a case through a link', 'b', 'a', MANY, 'full'],
    ['what is kept stays kept when the link is full', 'w3', 'a', MANY, 'kept'],
  ])('%s', (_, said, did, kept, expected) => {
    expect(pressedAgain(said, { did, kept })).toBe(expected);
  });
});
