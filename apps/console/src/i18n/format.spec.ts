import { describe, expect, it } from '@jest/globals';
import { dateTime, distance, tellTimesIn, term } from './format.js';

tellTimesIn('Europe/Rome');

describe('a term', () => {
  it.each([
    ['in summer', '2026-07-28T22:00:00.000Z', '28 lug 2026'],
    ['in winter', '2026-12-28T23:00:00.000Z', '28 dic 2026'],
    ['at the end of the year', '2026-12-31T23:00:00.000Z', '31 dic 2026'],
  ])('that ends at midnight is told by its last day, %s', (_, at, told) => {
    expect(term(at)).toBe(told);
  });

  it('that ends at an hour is told by it', () => {
    expect(term('2026-12-02T13:00:00.000Z')).toBe('2 dic 2026, 14:00');
    expect(dateTime('2026-12-28T23:00:00.000Z')).toBe('29 dic 2026, 00:00');
  });
});

describe('a distance in time', () => {
  const now = Date.parse('2026-11-26T10:00:00.000Z');
  it.each([
    ['2026-11-26T10:00:00.000Z', 'ora'],
    ['2026-11-26T09:59:01.000Z', 'ora'],
    ['2026-11-26T09:59:00.000Z', '1 minuto fa'],
    ['2026-11-26T13:00:00.000Z', 'tra 3 ore'],
  ])('of %s is %s', (at, told) => {
    expect(distance(at, now)).toBe(told);
  });
});
