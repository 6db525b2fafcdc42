import { describe, expect, it } from '@jest/globals';
import { ASSURANCES, assuranceOf, maskedAddress } from './assurance.js';

describe('how sure it is who somebody is', () => {
  it('grows step by step, and what is shown with it', () => {
    const shown = ['nothing', 'address', 'person'];
    expect(ASSURANCES.map(one => one.level)).toEqual([0, 1, 2, 3, 4]);
    const ranks = ASSURANCES.map(one => shown.indexOf(one.sees));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });
  it('opens no confidential case to who showed a mailbox alone', () => {
    expect(ASSURANCES.filter(one => one.confidential).map(one => one.level)).toEqual([2, 3, 4]);
  });
  it.each([-1, 5, 1.5, Number.NaN])('is nothing at a level that there is not: %s', level => {
    expect(assuranceOf(level)).toMatchObject({ sees: 'nothing', confidential: false });
  });
  it.each([
    ['anna.verdi@example.org', 'a•••@e•••'],
    ['+390512345678', '•••78'],
    ['1234', '•••'],
    ['@x', '•••'],
  ])('tells %s to its owner alone', (value, masked) => {
    expect(maskedAddress(value)).toBe(masked);
  });
});
