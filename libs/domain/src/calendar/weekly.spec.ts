import { describe, expect, it } from '@jest/globals';
import { instant } from '@filodiretto/contracts/model';
import type { Calendar } from './calendar.js';
import { weeklyMoment } from './weekly.js';

const office: Calendar = {
  timeZone: 'Europe/Rome',
  opening: [1, 2, 3, 4, 5].map(weekday => ({ weekday: weekday as 1, from: '09:00', to: '18:00' })),
  holidays: ['2026-04-06', '2026-12-07', '2026-12-08'],
  closures: [],
};
const monday = { weekday: 1, hour: 8 };

describe('the weekly moment', () => {
  it.each<[string, string, string | null, string | null]>([
    ['comes on its day at its hour', '2026-03-09T08:00:00+01:00', '2026-03-09', '2026-03-09T08:00:00+01:00'],
    ['is that of last week a minute before', '2026-03-09T07:59:00+01:00', '2026-03-02', '2026-03-02T08:00:00+01:00'],
    ['stays the same until the next one', '2026-03-15T23:00:00+01:00', '2026-03-09', '2026-03-09T08:00:00+01:00'],
    ['keeps its hour when the clocks change', '2026-03-30T08:30:00+02:00', '2026-03-30', '2026-03-30T08:00:00+02:00'],
    ['waits on a holiday', '2026-04-06T12:00:00+02:00', null, null],
    [
      'comes with the next opening after a holiday',
      '2026-04-07T09:00:00+02:00',
      '2026-04-06',
      '2026-04-07T09:00:00+02:00',
    ],
    ['comes after two holidays in a row', '2026-12-09T09:00:00+01:00', '2026-12-07', '2026-12-09T09:00:00+01:00'],
  ])('%s', (_, now, week, at) => {
    const found = weeklyMoment(office, monday, instant(now));
    expect(found).toEqual(week === null ? null : { week, at: instant(at ?? '') });
  });
});
