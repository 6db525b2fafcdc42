import { describe, expect, it } from '@jest/globals';
import { segmentsOf } from './segments.js';

describe('segments of a text message', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['à'.repeat(306), 2],
    ['à'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['’'.repeat(70), 1],
    ['’'.repeat(71), 2],
    [`${'a'.repeat(70)}È`, 2],
  ])('of %s are %i', (text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});
