import { describe, expect, it } from '@jest/globals';
import { meanAfter, minutesToWait } from './estimate.js';

describe('the estimate of a wait', () => {
  it.each([
    ['is position × mean ÷ operators', 4, 300, 2, 10],
    ['is a minute at least', 1, 10, 5, 1],
    ['is not told when nobody is at work', 1, 300, 0, undefined],
    ['is not told before a conversation was measured', 1, undefined, 3, undefined],
    ['is rounded to minutes', 3, 100, 2, 3],
  ])('%s', (_name, position, mean, operators, minutes) =>
    expect(minutesToWait(position, mean, operators)).toBe(minutes),
  );

  it('follows the newer conversations without forgetting the older ones', () => {
    expect(meanAfter(undefined, 120)).toBe(120);
    expect(meanAfter(100, 200)).toBe(120);
    const long = Array.from({ length: 30 }, () => 600).reduce<number | undefined>(meanAfter, 60) ?? 0;
    expect(long).toBeGreaterThan(590);
  });
});
