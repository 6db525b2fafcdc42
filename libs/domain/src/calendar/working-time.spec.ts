import { describe, expect, it } from '@jest/globals';
import { instant, type Instant } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { calendarMistakes, NeverOpen, type Calendar, type Opening, type Weekday } from './calendar.js';
import {
  addCalendarDays,
  addCalendarMonths,
  addWorkingDays,
  addWorkingTime,
  isOpen,
  lastDay,
  localDate,
  nextOpening,
  workingMinutesBetween,
} from './working-time.js';

const on = (weekdays: readonly Weekday[], ...hours: readonly (readonly [string, string])[]): Opening[] =>
  weekdays.flatMap(weekday => hours.map(([from, to]) => ({ weekday, from, to })));
const MONDAY_TO_FRIDAY: readonly Weekday[] = [1, 2, 3, 4, 5];
const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const office: Calendar = {
  timeZone: 'Europe/Rome',
  opening: on(MONDAY_TO_FRIDAY, ['08:00', '18:00']),
  holidays: ['2026-12-08', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06', '2026-01-31'],
  closures: [],
};
const twoShifts: Calendar = { ...office, opening: on(MONDAY_TO_FRIDAY, ['08:30', '12:30'], ['14:00', '17:00']) };
const always: Calendar = { ...office, opening: on(EVERY_DAY, ['00:00', '24:00']), holidays: [] };
const nights: Calendar = { ...office, opening: on(EVERY_DAY, ['01:00', '04:00']), holidays: [] };

/** A local time of Rome as a moment; the offset is said, so that the table does not lean on what it tests. */
const winter = (local: string): Instant => instant(`${local}+01:00`);
const summer = (local: string): Instant => instant(`${local}+02:00`);

describe('working time', () => {
  it.each<[string, Calendar, Instant, number, Instant]>([
    ['counts within one day', office, winter('2026-11-24T09:10'), 90, winter('2026-11-24T10:40')],
    [
      'ends at the close of a day, not at the next opening',
      office,
      winter('2026-11-24T17:00'),
      60,
      winter('2026-11-24T18:00'),
    ],
    ['goes on the next morning', office, winter('2026-11-24T17:00'), 61, winter('2026-11-25T08:01')],
    ['begins at the opening when asked at night', office, winter('2026-11-24T23:00'), 30, winter('2026-11-25T08:30')],
    ['leaps over the week-end', office, winter('2026-11-27T17:30'), 60, winter('2026-11-30T08:30')],
    ['rests at midday', twoShifts, winter('2026-11-24T12:00'), 60, winter('2026-11-24T14:30')],
    ['leaps over the Immaculate Conception', office, winter('2026-12-07T17:00'), 120, winter('2026-12-09T09:00')],
    [
      'leaps over the patron saint of Modena',
      { ...office, holidays: ['2025-01-31'] },
      winter('2025-01-30T17:30'),
      60,
      winter('2025-02-03T08:30'),
    ],
    ['crosses 31 December into the new year', office, winter('2026-12-31T17:00'), 120, winter('2027-01-04T09:00')],
    [
      'leaps over a closure, both days included',
      { ...office, closures: [{ from: '2026-08-10', to: '2026-08-21' }] },
      summer('2026-08-07T17:00'),
      120,
      summer('2026-08-24T09:00'),
    ],
    [
      'does not count the hour that the clocks skip',
      nights,
      winter('2026-03-29T01:30'),
      60,
      summer('2026-03-29T03:30'),
    ],
    ['counts twice the hour that comes twice', nights, summer('2026-10-25T01:30'), 150, winter('2026-10-25T03:00')],
    [
      'is real time over a spring night that never closes',
      always,
      winter('2026-03-29T00:00'),
      24 * 60,
      summer('2026-03-30T01:00'),
    ],
    [
      'is real time over an autumn night that never closes',
      always,
      summer('2026-10-25T00:00'),
      24 * 60,
      winter('2026-10-25T23:00'),
    ],
    ['keeps seconds', office, winter('2026-11-24T09:10:11.5'), 1, winter('2026-11-24T09:11:11.5')],
    ['of zero minutes waits for the opening', office, winter('2026-11-28T10:00'), 0, winter('2026-11-30T08:00')],
    ['goes back to warn before', office, winter('2026-11-30T09:00'), -120, winter('2026-11-27T17:00')],
    ['goes back from closed time', twoShifts, winter('2026-11-30T07:00'), -30, winter('2026-11-27T16:30')],
    [
      'counts intervals that overlap once',
      { ...office, opening: on([2], ['08:00', '10:00'], ['09:00', '12:00'], ['12:00', '13:00']) },
      winter('2026-11-24T08:00'),
      300,
      winter('2026-11-24T13:00'),
    ],
  ])('%s', (_, calendar, from, minutes, expected) => {
    expect(addWorkingTime(calendar, from, minutes)).toBe(expected);
  });

  it('counts the five hours that 01:00 to 05:00 lasts when the clocks go back', () => {
    const calendar = { ...nights, opening: on([7], ['01:00', '05:00']) };
    expect(workingMinutesBetween(calendar, summer('2026-10-25T00:00'), winter('2026-10-25T12:00'))).toBe(300);
    expect(workingMinutesBetween(calendar, winter('2026-03-29T00:00'), summer('2026-03-29T12:00'))).toBe(180);
  });

  it('opens at the moment of the leap when the opening hour does not exist', () => {
    const calendar = { ...nights, opening: on([7], ['02:30', '04:00']) };
    expect(nextOpening(calendar, winter('2026-03-29T00:00'))).toBe(summer('2026-03-29T03:00'));
    expect(isOpen(calendar, summer('2026-03-29T03:00'))).toBe(true);
  });

  it('is nothing on a leap night whose hours do not exist', () => {
    const calendar = { ...nights, opening: on([7], ['02:10', '02:50']) };
    expect(nextOpening(calendar, winter('2026-03-29T00:00'))).toBe(summer('2026-04-05T02:10'));
  });

  it('is open at its first moment and closed at its last', () => {
    expect(isOpen(office, winter('2026-11-24T08:00'))).toBe(true);
    expect(isOpen(office, winter('2026-11-24T17:59:59.999'))).toBe(true);
    expect(isOpen(office, winter('2026-11-24T18:00'))).toBe(false);
  });

  it('is negative backwards', () => {
    expect(workingMinutesBetween(office, winter('2026-11-25T09:00'), winter('2026-11-24T17:00'))).toBe(-120);
  });
});

describe('working days', () => {
  it.each<[string, Calendar, Instant, number, Instant]>([
    ['end at the close of the third day', office, winter('2026-11-24T09:00'), 3, winter('2026-11-27T18:00')],
    [
      'do not count the day on which they begin, however early',
      office,
      winter('2026-11-24T00:01'),
      1,
      winter('2026-11-25T18:00'),
    ],
    ['do not count a Saturday on which they begin', office, winter('2026-11-28T10:00'), 1, winter('2026-11-30T18:00')],
    ['leap over week-end and holidays', office, winter('2026-12-23T10:00'), 3, winter('2026-12-29T18:00')],
    ['cross the year', office, winter('2026-12-30T10:00'), 2, winter('2027-01-04T18:00')],
    [
      'end at the close of a summer day though they began in winter',
      office,
      winter('2026-03-27T10:00'),
      1,
      summer('2026-03-30T18:00'),
    ],
    ['of zero end the same day', office, winter('2026-11-24T09:00'), 0, winter('2026-11-24T18:00')],
    ['of zero asked on Sunday end on Monday', office, winter('2026-11-29T09:00'), 0, winter('2026-11-30T18:00')],
    ['go back to warn before', office, winter('2026-11-30T18:00'), -1, winter('2026-11-27T18:00')],
    ['of which none is left end with the day', office, winter('2026-11-24T09:00'), 0, winter('2026-11-24T18:00')],
    ['never end before they begin', office, winter('2026-11-24T18:00'), 0, winter('2026-11-25T18:00')],
    [
      'of which none is left end with the next on a holiday',
      office,
      winter('2026-11-28T12:00'),
      0,
      winter('2026-11-30T18:00'),
    ],
  ])('%s', (_, calendar, from, days, expected) => {
    expect(addWorkingDays(calendar, from, days)).toBe(expected);
  });
});

describe('calendar time', () => {
  it.each<[string, Instant, Instant]>([
    [
      'thirty days end with the thirtieth day',
      addCalendarDays(office, winter('2026-11-24T09:00'), 30),
      winter('2026-12-25T00:00'),
    ],
    [
      'thirty days from 31 December end on 30 January',
      addCalendarDays(office, winter('2026-12-31T23:59'), 30),
      winter('2027-01-31T00:00'),
    ],
    [
      'thirty days over the leap of the clocks end at midnight',
      addCalendarDays(office, winter('2026-03-01T09:00'), 30),
      summer('2026-04-01T00:00'),
    ],
    [
      'a term that ends at Christmas ends after Saint Stephen and Sunday',
      addCalendarDays(office, winter('2026-11-25T09:00'), 30, { onWorkingDay: true }),
      winter('2026-12-29T00:00'),
    ],
    [
      'a month from 31 January ends with February',
      addCalendarMonths(office, winter('2026-01-31T09:00'), 1),
      winter('2026-03-01T00:00'),
    ],
    [
      'a month that ends on a holiday ends after it',
      addCalendarMonths(office, winter('2026-11-08T09:00'), 1, { onWorkingDay: true }),
      winter('2026-12-10T00:00'),
    ],
  ])('%s', (_, due, expected) => {
    expect(due).toBe(expected);
  });

  it('names the last day that is in time', () => {
    const due = addCalendarDays(office, winter('2026-12-01T09:00'), 30);
    expect([due, localDate(office, due), lastDay(office, due)]).toEqual([
      winter('2027-01-01T00:00'),
      '2027-01-01',
      '2026-12-31',
    ]);
    expect(lastDay(office, winter('2026-12-31T18:00'))).toBe('2026-12-31');
  });

  it('knows the day of Rome, not that of Greenwich', () => {
    expect(localDate(office, instant('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  });
});

describe('a calendar on which nobody works', () => {
  it.each<[string, Calendar]>([
    ['has no hours', { ...office, opening: [] }],
    ['is closed for ever', { ...office, closures: [{ from: '2000-01-01', to: '9000-01-01' }] }],
    ['opens after it closes', { ...office, opening: on([1], ['18:00', '08:00']) }],
  ])('says so instead of looking for ever: it %s', (_, calendar) => {
    const at = winter('2026-11-24T09:00');
    expect(() => addWorkingTime(calendar, at, 1)).toThrow(NeverOpen);
    expect(() => addWorkingTime(calendar, at, -1)).toThrow(NeverOpen);
    expect(() => addWorkingDays(calendar, at, 1)).toThrow(NeverOpen);
    expect(() => addCalendarDays(calendar, at, 1, { onWorkingDay: true })).toThrow(NeverOpen);
    expect(isOpen(calendar, at)).toBe(false);
    expect(workingMinutesBetween(calendar, at, winter('2026-12-24T09:00'))).toBe(0);
  });

  it('waits out a closure of years that ends', () => {
    const calendar = { ...office, closures: [{ from: '2026-01-01', to: '2029-12-31' }] };
    expect(addWorkingTime(calendar, winter('2026-11-24T09:00'), 60)).toBe(winter('2030-01-01T09:00'));
  });
});

describe('what is wrong with a calendar', () => {
  it('is nothing for a good one', () => {
    expect(calendarMistakes(always)).toEqual([]);
    expect(calendarMistakes(twoShifts)).toEqual([]);
  });

  it('is said thing by thing', () => {
    const wrong: Calendar = {
      timeZone: 'Europe/Modena',
      opening: [
        ...on([1], ['18:00', '08:00'], ['8:00', '9:00'], ['24:00', '24:00']),
        { weekday: 8 as Weekday, from: '08:00', to: '09:00' },
      ],
      holidays: ['2026-02-30'],
      closures: [{ from: '2026-08-20', to: '2026-08-10' }],
    };
    expect(calendarMistakes(wrong)).toHaveLength(7);
    expect(calendarMistakes({ ...office, opening: [] })).toEqual(['The calendar is never open.']);
  });
});

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const openings = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 1_430 }), fc.integer({ min: 1, max: 1_440 }))
    .map(([weekday, from, length]): Opening => ({
      weekday: weekday as Weekday,
      from: time(from),
      to: time(Math.min(1_440, from + length)),
    })),
  { minLength: 1, maxLength: 6 },
);
const dates = fc
  .integer({ min: 0, max: 500 })
  .map(day => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
const calendars = fc.record({
  timeZone: fc.constantFrom('Europe/Rome', 'Europe/Rome', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'),
  opening: openings,
  holidays: fc.array(dates, { maxLength: 15 }),
  closures: fc.array(
    fc.tuple(dates, dates).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
    {
      maxLength: 1,
    },
  ),
});
const moments = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 2, 1) })
  .map(at => instant(Math.floor(at / 1_000) * 1_000));
const minutes = fc.integer({ min: 0, max: 5_000 });

// Every calendar of theirs is worked out anew: that is what takes the time.
fc.configureGlobal({ numRuns: 40 });

describe('for any calendar', () => {
  it('working time gives back what was added', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, (calendar, from, amount) => {
        expect(workingMinutesBetween(calendar, from, addWorkingTime(calendar, from, amount))).toBeCloseTo(amount, 6);
      }),
    );
  });

  it('working time never ends in closed time', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, (calendar, from, amount) => {
        const due = addWorkingTime(calendar, from, amount);
        const justBefore = instant(Date.parse(due) - 1);
        expect(isOpen(calendar, due) || (amount > 0 && isOpen(calendar, justBefore))).toBe(true);
        expect(due >= from).toBe(true);
      }),
    );
  });

  it('working time goes back the way it came', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 3_000 }), (calendar, from, amount) => {
        const due = addWorkingTime(calendar, from, amount);
        const back = addWorkingTime(calendar, due, -amount);
        expect(workingMinutesBetween(calendar, back, due)).toBeCloseTo(amount, 6);
        expect(back >= from).toBe(true);
      }),
    );
  });

  it('one more holiday never brings a term forward', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, dates, (calendar, from, amount, holiday) => {
        const more = { ...calendar, holidays: [...calendar.holidays, holiday] };
        expect(addWorkingTime(more, from, amount) >= addWorkingTime(calendar, from, amount)).toBe(true);
        const days = amount % 40;
        expect(addWorkingDays(more, from, days) >= addWorkingDays(calendar, from, days)).toBe(true);
        const onWorkingDay = { onWorkingDay: true };
        expect(
          addCalendarDays(more, from, days, onWorkingDay) >= addCalendarDays(calendar, from, days, onWorkingDay),
        ).toBe(true);
      }),
    );
  });

  it('more time is never due earlier', () => {
    fc.assert(
      fc.property(calendars, moments, minutes, minutes, (calendar, from, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(addWorkingTime(calendar, from, more) >= addWorkingTime(calendar, from, less)).toBe(true);
      }),
    );
  });

  it('what was worked out for one moment is never given for another', () => {
    const few = fc.array(moments, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(calendars, few, fc.integer({ min: -30, max: 30 }), (calendar, asked, days) => {
        const close = asked.map(at => instant(Date.parse(at) - 1));
        for (const at of [...asked, ...close, ...asked]) {
          const unknown = (): Calendar => ({ ...calendar });
          expect(localDate(calendar, at)).toBe(localDate(unknown(), at));
          expect(addWorkingDays(calendar, at, days)).toBe(addWorkingDays(unknown(), at, days));
          expect(addWorkingTime(calendar, at, days)).toBe(addWorkingTime(unknown(), at, days));
          expect(addCalendarMonths(calendar, at, days)).toBe(addCalendarMonths(unknown(), at, days));
          for (const onWorkingDay of [true, false])
            expect(addCalendarDays(calendar, at, days, { onWorkingDay })).toBe(
              addCalendarDays(unknown(), at, days, { onWorkingDay }),
            );
        }
      }),
    );
  });

  it('time adds up over any moment between', () => {
    fc.assert(
      fc.property(calendars, moments, moments, moments, (calendar, ...three) => {
        const [a, b, c] = three.sort();
        expect(workingMinutesBetween(calendar, a, b) + workingMinutesBetween(calendar, b, c)).toBeCloseTo(
          workingMinutesBetween(calendar, a, c),
          6,
        );
      }),
    );
  });
});
