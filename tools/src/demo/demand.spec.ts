import { describe, expect, it } from '@jest/globals';
import { beginning, contactsPerHour, nextAfterMs } from './demand.js';

describe("the citizens' demand", () => {
  it('follows the curve of a working day in Rome, not of Greenwich', () => {
    // A Wednesday in winter: 9 in Greenwich is 10 in Rome.
    expect(contactsPerHour(new Date('2026-01-14T09:30:00Z'), 1_000)).toBeCloseTo(130);
    expect(contactsPerHour(new Date('2026-01-14T12:30:00Z'), 1_000)).toBeCloseTo(60);
    // And in summer it is 11: the same share as at 10, then less.
    expect(contactsPerHour(new Date('2026-07-15T09:30:00Z'), 1_000)).toBeCloseTo(110);
  });

  it('gives a whole working day when its hours are added up', () => {
    const hours = Array.from({ length: 12 }, (_, hour) => new Date(Date.UTC(2026, 0, 14, 7 + hour, 15)));
    expect(hours.reduce((sum, at) => sum + contactsPerHour(at, 1_000), 0)).toBeCloseTo(1_000);
  });

  it('is highest on Monday and nearly nothing on Sunday', () => {
    const at = (day: number): number => contactsPerHour(new Date(Date.UTC(2026, 0, day, 9, 30)), 1_000);
    const week = [12, 13, 14, 15, 16, 17, 18].map(at);
    expect(Math.max(...week)).toBe(week[0]);
    expect(Math.min(...week)).toBe(week[6]);
    expect(week[6]).toBeCloseTo(6.5);
  });

  it('never stops altogether at night', () => {
    expect(contactsPerHour(new Date('2026-01-14T02:00:00Z'), 1_000)).toBeGreaterThan(0);
  });

  it('calls seven times in ten and writes on every channel', () => {
    const drawn = Array.from({ length: 8_200 }, (_, index) => beginning(index / 8_200));
    const share = (kind: string): number => drawn.filter(one => one === kind).length / drawn.length;
    expect(share('call')).toBeCloseTo(58 / 82, 2);
    expect(share('email')).toBeCloseTo(10 / 82, 2);
    expect(share('webform')).toBeCloseTo(8 / 82, 2);
    expect(share('whatsapp')).toBeCloseTo(4 / 82, 2);
    expect(share('messenger')).toBeCloseTo(2 / 82, 2);
  });

  it('waits, on average, as long as the rate says', () => {
    const draws = Array.from({ length: 10_000 }, (_, index) => (index + 0.5) / 10_000);
    const mean = draws.reduce((sum, draw) => sum + nextAfterMs(60, draw), 0) / draws.length;
    expect(mean / 60_000).toBeCloseTo(1, 1);
  });
});
