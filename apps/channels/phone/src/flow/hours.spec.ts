import { describe, expect, it } from '@jest/globals';
import { isOpen } from './hours.js';

const OFFICE = {
  holidays: true,
  patron: '06-24',
  hours: [
    { days: [1, 2, 3, 4, 5], from: '08:00', to: '19:00' },
    { days: [6], from: '08:00', to: '13:00' },
    { days: [7], from: '02:00', to: '03:30' },
  ],
};
const open = (at: string): boolean => isOpen(OFFICE, 'Europe/Rome', new Date(at));

describe('an office', () => {
  it.each([
    ['opens at eight, not a minute earlier, in winter', '2026-01-12T07:00:00Z', true],
    ['is closed at 7:59 in winter', '2026-01-12T06:59:59Z', false],
    ['opens at eight in summer, an hour earlier by UTC', '2026-07-13T06:00:00Z', true],
    ['is closed at the hour at which it closes', '2026-01-12T18:00:00Z', false],
    ['is open in its last minute', '2026-01-12T17:59:59Z', true],
    ['closes earlier on Saturdays', '2026-01-17T12:30:00Z', false],
    ['is open on Saturday mornings', '2026-01-17T11:30:00Z', true],
    // The night of 29 March 2026: 02:00–02:59 does not exist.
    ['skips the hour that is not there when clocks go forward', '2026-03-29T00:59:59Z', false],
    ['is open from three when two o’clock is not there', '2026-03-29T01:15:00Z', true],
    // The night of 25 October 2026: 02:00–02:59 comes twice.
    ['is open the first time that two o’clock comes', '2026-10-25T00:15:00Z', true],
    ['is open the second time that two o’clock comes', '2026-10-25T01:15:00Z', true],
    ['is closed at Epiphany', '2026-01-06T10:00:00Z', false],
    ['is closed on Easter Monday', '2026-04-06T10:00:00Z', false],
    ['is closed on Liberation Day', '2026-04-25T10:00:00Z', false],
    ['is closed on the day of the Republic', '2026-06-02T10:00:00Z', false],
    ['is closed at All Saints on a weekday', '2027-11-01T10:00:00Z', false],
    ['is closed on Saint Francis’ day from 2026', '2027-10-04T10:00:00Z', false],
    ['was open on Saint Francis’ day before', '2023-10-04T10:00:00Z', true],
    ['is closed on Boxing Day', '2028-12-26T10:00:00Z', false],
    ['is open on a day that is a holiday elsewhere only', '2026-05-25T10:00:00Z', true],
    ['is closed on the day of its patron saint', '2026-06-24T10:00:00Z', false],
    ['is open on the patron saint’s day of others', '2026-12-07T10:00:00Z', true],
    ['begins a holiday at its own midnight', '2026-06-01T16:00:00Z', true],
  ])('%s', (_name, at, expected) => expect(open(at)).toBe(expected));

  it('that knows no holidays is open on them', () =>
    expect(isOpen({ hours: OFFICE.hours }, 'Europe/Rome', new Date('2026-01-06T10:00:00Z'))).toBe(true));
  it('without hours never opens', () =>
    expect(isOpen({}, 'Europe/Rome', new Date('2026-01-12T10:00:00Z'))).toBe(false));
  it('open until midnight is open in the last minute of the day', () =>
    expect(
      isOpen({ hours: [{ days: [1], from: '20:00', to: '24:00' }] }, 'Europe/Rome', new Date('2026-01-12T22:59:00Z')),
    ).toBe(true));
});
