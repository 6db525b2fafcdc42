import { describe, expect, it } from '@jest/globals';
import type { Opening } from '../calendar/calendar.js';
import { calendarFor, isDayOfYear, openingRefusal, USUAL_OPENING, type OpeningBook } from './opening.js';

const MORNING: Opening = { weekday: 1, from: '08:30', to: '12:30' };
const AFTERNOON: Opening = { weekday: 1, from: '14:00', to: '17:00' };
const NIGHT: Opening = { weekday: 7, from: '00:00', to: '24:00' };

const office = (id: string, parent: string | null, more: object = {}) =>
  [
    id,
    {
      id,
      parent,
      kind: parent === null ? 'administration' : 'office',
      active: true,
      patronSaint: null,
      openOnHolidays: false,
      ...more,
    },
  ] as const;
const book: OpeningBook = {
  timeZone: 'Europe/Rome',
  tree: new Map([
    office('city', null, { patronSaint: '10-04' }),
    office('registry', 'city'),
    office('counter', 'registry'),
    office('police', 'city', { openOnHolidays: true }),
    office('patrol', 'police'),
    office('village', 'city', { patronSaint: '02-29' }),
  ]),
  hours: [
    { office: 'registry', channel: null, opening: [MORNING, AFTERNOON] },
    { office: 'registry', channel: 'calls', opening: [MORNING] },
    { office: 'registry', channel: 'walks', opening: [] },
    { office: 'police', channel: null, opening: [NIGHT] },
  ],
  closures: [
    { office: 'city', from: '2026-08-14', to: '2026-08-14' },
    { office: 'registry', from: '2026-09-01', to: '2026-09-03' },
    { office: 'police', from: '2026-11-01', to: '2026-11-01' },
  ],
  holidays: ['2027-12-25', '2028-12-25'],
};

describe('the calendar of an office', () => {
  it.each<{ promise: string; of: string | null; on: string | null; opening: readonly Opening[] }>([
    { promise: 'has the usual hours where nobody said any', of: 'city', on: null, opening: USUAL_OPENING },
    { promise: 'has the usual hours for no office', of: null, on: null, opening: USUAL_OPENING },
    { promise: 'has its own hours', of: 'registry', on: null, opening: [MORNING, AFTERNOON] },
    { promise: 'has the hours of a channel', of: 'registry', on: 'calls', opening: [MORNING] },
    {
      promise: 'has the hours for all on a channel without its own',
      of: 'registry',
      on: 'letters',
      opening: [MORNING, AFTERNOON],
    },
    { promise: 'is never open on a channel that has no interval', of: 'registry', on: 'walks', opening: [] },
    { promise: 'has the hours of the office above', of: 'counter', on: 'calls', opening: [MORNING] },
  ])('$promise: $of on $on', ({ of, on, opening }) => {
    expect(calendarFor(book, of, on).opening).toEqual(opening);
  });

  it('is closed on national holidays and on the patron saint of every year', () => {
    expect(calendarFor(book, 'counter', null).holidays).toEqual([
      '2027-10-04',
      '2027-12-25',
      '2028-10-04',
      '2028-12-25',
    ]);
    expect(calendarFor(book, null, null).holidays).toEqual(book.holidays);
  });

  it('has the patron saint of the nearest place, also one that most years do not have', () => {
    expect(calendarFor(book, 'village', null).holidays).toEqual(['2027-12-25', '2028-02-29', '2028-12-25']);
  });

  it('has no holidays where the hours hold on holidays too, nor do those who inherit them', () => {
    expect(calendarFor(book, 'police', null).holidays).toEqual([]);
    expect(calendarFor(book, 'patrol', null).holidays).toEqual([]);
  });

  it('is closed when any office above is, and never because of one beside', () => {
    expect(calendarFor(book, 'counter', null).closures).toEqual([
      { from: '2026-08-14', to: '2026-08-14' },
      { from: '2026-09-01', to: '2026-09-03' },
    ]);
  });
});

describe('the hours of a week', () => {
  it.each<{ promise: string; opening: Opening[]; refused?: string[] }>([
    { promise: 'may have several intervals a day', opening: [MORNING, AFTERNOON] },
    { promise: 'may be none', opening: [] },
    { promise: 'may last the whole day', opening: [NIGHT] },
    { promise: 'may meet at a minute', opening: [MORNING, { weekday: 1, from: '12:30', to: '14:00' }] },
    {
      promise: 'do not overlap',
      opening: [MORNING, { weekday: 1, from: '12:00', to: '14:00' }],
      refused: ['/hours/1'],
    },
    { promise: 'may be the same on another day', opening: [MORNING, { ...MORNING, weekday: 2 }] },
    {
      promise: 'end after they begin',
      opening: [{ weekday: 1, from: '18:00', to: '08:00' }],
      refused: ['/hours/0/to'],
    },
    {
      promise: 'begin before midnight',
      opening: [{ weekday: 1, from: '24:00', to: '24:00' }],
      refused: ['/hours/0/from'],
    },
    {
      promise: 'are times of a clock',
      opening: [{ weekday: 1, from: '8:00', to: '25:00' }],
      refused: ['/hours/0/from'],
    },
    { promise: 'end on a clock', opening: [{ weekday: 1, from: '08:00', to: '12:60' }], refused: ['/hours/0/to'] },
  ])('$promise', ({ opening, refused }) => {
    expect(openingRefusal(opening, '/hours')?.errors?.map(({ pointer }) => pointer)).toEqual(refused);
  });
});

it.each([
  ['12-07', true],
  ['02-29', true],
  ['02-30', false],
  ['13-01', false],
  ['6-24', false],
])('a saint of %s exists: %s', (day, exists) => {
  expect(isDayOfYear(day)).toBe(exists);
});
