import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Opening } from '../calendar/calendar.js';
import { readClosures, readHours, sayClosures, sayHours, type SaidHours } from './opening-words.js';

const on = (weekdays: readonly number[], from: string, to: string): Opening[] =>
  weekdays.map(weekday => ({ weekday: weekday as 1, from, to }));
const sorted = (hours: readonly SaidHours[]): unknown =>
  hours
    .map(({ channel, opening }) => ({ channel, opening: opening.map(one => JSON.stringify(one)).sort() }))
    .sort((a, b) => ((a.channel ?? '') < (b.channel ?? '') ? -1 : 1));

describe('hours in words', () => {
  it.each<[string, string, readonly SaidHours[]]>([
    ['nothing: those of the office above', '', []],
    [
      'days that follow each other, several intervals a day',
      'lun-ven 08:30-12:30, 14:00-17:00',
      [
        {
          channel: null,
          opening: [...on([1, 2, 3, 4, 5], '08:30', '12:30'), ...on([1, 2, 3, 4, 5], '14:00', '17:00')],
        },
      ],
    ],
    [
      'days apart, and as people write them by hand',
      'Lunedì, GIO 9-12.30 | sab 8–24',
      [{ channel: null, opening: [...on([1, 4], '09:00', '12:30'), ...on([6], '08:00', '24:00')] }],
    ],
    [
      'channels with hours of their own, or closed',
      'lun 8-13 | voice: lun 8-20 | voice: dom 9-12 | chat: chiuso',
      [
        { channel: null, opening: on([1], '08:00', '13:00') },
        { channel: 'voice', opening: [...on([1], '08:00', '20:00'), ...on([7], '09:00', '12:00')] },
        { channel: 'chat', opening: [] },
      ],
    ],
  ])('mean %s', (_, words, hours) => {
    expect(readHours(words).mistakes).toEqual([]);
    expect(sorted(readHours(words).said)).toEqual(sorted(hours));
  });
  it.each([
    ['no times', 'lun-ven'],
    ['no days', '08:00-12:00'],
    ['a day that is none', 'lux 08:00-12:00'],
    ['days backwards', 'ven-lun 08:00-12:00'],
    ['one time', 'lun 08:00'],
    ['three times', 'lun 08:00-12:00-14:00'],
    ['a time that is none', 'lun otto-12'],
    ['an end that was cut', 'lun 08:00-12:00,'],
    ['closed on every channel', 'chiuso'],
    ['a channel closed and open', 'voice: chiuso | voice: lun 8-12'],
  ])('are refused for %s', (_, words) => {
    expect(readHours(`mar 8-12 | ${words}`).mistakes).toHaveLength(1);
  });
  it('are read as they were said, whatever they are', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const opening = fc.record({ weekday: fc.constantFrom(1, 2, 3, 4, 5, 6, 7), from: time, to: time });
    const channel = fc.constantFrom('voice', 'chat', 'web-form', 'a.b_c');
    const hours = fc.uniqueArray(
      fc.oneof(
        fc.record({ channel: fc.constant(null), opening: fc.array(opening, { minLength: 1 }) }),
        fc.record({ channel, opening: fc.array(opening) }),
      ),
      { selector: one => one.channel },
    );
    fc.assert(
      fc.property(hours, all => {
        const read = readHours(sayHours(all));
        expect(read.mistakes).toEqual([]);
        expect(sorted(read.said)).toEqual(sorted(all));
        expect(sayHours(read.said)).toBe(sayHours(all));
      }),
    );
  });
});

describe('closures in words', () => {
  it.each([
    ['a day', '2026-12-24 Vigilia', [{ from: '2026-12-24', to: '2026-12-24', reason: 'Vigilia' }]],
    [
      'days, and a reason with a bar in it',
      '2026-08-10 .. 2026-08-21 Ferie \\| estate | 2026-12-31 Ultimo',
      [
        { from: '2026-08-10', to: '2026-08-21', reason: 'Ferie | estate' },
        { from: '2026-12-31', to: '2026-12-31', reason: 'Ultimo' },
      ],
    ],
  ])('mean %s', (_, words, said) => {
    expect(readClosures(words)).toEqual({ said, mistakes: [] });
  });
  it.each([
    ['no reason', '2026-12-24'],
    ['a day that does not exist', '2026-02-30 Mai'],
    ['an end before the beginning', '2026-12-24..2026-12-23 Mai'],
    ['a date as people write it', '24/12/2026 Vigilia'],
  ])('are refused for %s', (_, words) => {
    expect(readClosures(words).mistakes).toHaveLength(1);
  });
  it('are read as they were said, whatever the reason', () => {
    const day = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
      .map(one => one.toISOString().slice(0, 10));
    const closure = fc
      .record({ days: fc.tuple(day, day), reason: fc.string({ minLength: 1 }) })
      .filter(({ reason }) => reason.trim() !== '')
      .map(({ days, reason }) => {
        const [from = '', to = ''] = [...days].sort();
        return { from, to, reason: reason.trim() };
      });
    fc.assert(
      fc.property(fc.array(closure), closures => {
        const read = readClosures(sayClosures(closures));
        expect(read.mistakes).toEqual([]);
        const words = (all: readonly object[]) => all.map(one => JSON.stringify(one)).sort();
        expect(words(read.said)).toEqual(words(closures));
      }),
    );
  });
});
