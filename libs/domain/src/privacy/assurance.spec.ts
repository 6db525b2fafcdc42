import { describe, expect, it } from '@jest/globals';
import { ASSURANCES, assuranceOf, maskedAddress } from './assurance.js';

describe('how sure it is who somebody is', () => {
  it('grows step by step, and what is shown with it', () => {
    const shown = ['nothing', 'address', 'person'];
    expect(ASSURANCES.map(one => one.level)).toEqual([0, 1, 2, 3, 4]);
    const ranks = ASSURANCES.map(one => shown.indexOf(one.sees));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });
  it.each([
    { who: 'anybody', level: 0, sees: 'nothing', confidential: false, identification: null },
    {
      who: 'who showed an address',
      level: 1,
      sees: 'address',
      confidential: false,
      identification: 'verified_address',
    },
    {
      who: 'who showed an address that was theirs alone at the desk',
      level: 2,
      sees: 'person',
      confidential: false,
      identification: 'verified_address',
    },
    { who: 'who logged in', level: 3, sees: 'person', confidential: true, identification: 'strong_login' },
    { who: 'who logged in by a device', level: 4, sees: 'person', confidential: true, identification: 'strong_login' },
  ])('opens to $who what it says, and no confidential case to a mailbox', ({ who: _, level, ...step }) => {
    expect(assuranceOf(level)).toMatchObject(step);
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
