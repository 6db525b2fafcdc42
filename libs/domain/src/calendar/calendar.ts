import { Temporal } from 'temporal-polyfill';

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When an office works, as plain data. All hours and dates are local to `timeZone`. */
export interface Calendar {
  /** IANA name, as `Europe/Rome`. */
  readonly timeZone: string;
  /** Any number of intervals a day, `HH:MM`; `to` may be `24:00`. Those that touch or overlap are one. */
  readonly opening: readonly Opening[];
  /** Dates `YYYY-MM-DD` on which nobody works: national holidays, the patron saint. */
  readonly holidays: readonly string[];
  /** From one date to another, both included. */
  readonly closures: readonly Closure[];
}
export interface Opening {
  readonly weekday: Weekday;
  readonly from: string;
  readonly to: string;
}
export interface Closure {
  readonly from: string;
  readonly to: string;
}

/** A calendar on which nobody ever works: nothing can be due on it. */
export class NeverOpen extends Error {
  override readonly name = 'NeverOpen';
}

const HOUR = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a calendar, a sentence each, for whoever writes it; none when it can be used. */
export function calendarMistakes(calendar: Calendar): string[] {
  const { timeZone, opening, holidays, closures } = calendar;
  return [
    ...(isTimeZone(timeZone) ? [] : [`"${timeZone}" is not a time zone.`]),
    ...(opening.length > 0 ? [] : ['The calendar is never open.']),
    ...opening.flatMap(({ weekday, from, to }) => {
      const at = `${weekday} ${from}-${to}`;
      if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) return [`${at}: the weekday goes from 1 to 7.`];
      if (!HOUR.test(from) || !(HOUR.test(to) || to === '24:00')) return [`${at}: hours are written HH:MM.`];
      return from < to ? [] : [`${at}: it closes before it opens.`];
    }),
    ...holidays.flatMap(date => (isDate(date) ? [] : [`"${date}" is not a date.`])),
    ...closures.flatMap(({ from, to }) =>
      isDate(from) && isDate(to) && from <= to ? [] : [`The closure from ${from} to ${to} is not a period.`],
    ),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a text is a date that exists, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
