import { instant, type Instant } from '@filodiretto/contracts/model';
import type { Calendar } from './calendar.js';
import { Days } from './day.js';

const MINUTE_MS = 60_000;

/** Whether somebody works at that moment. An interval is open at its first moment and closed at its last. */
export function isOpen(calendar: Calendar, at: Instant): boolean {
  const days = Days.of(calendar);
  const moment = Date.parse(at);
  return days.open(days.dateOf(moment)).some(({ from, to }) => from <= moment && moment < to);
}

/** The first open moment from `at` on. Throws `NeverOpen`. */
export const nextOpening = (calendar: Calendar, at: Instant): Instant => addWorkingTime(calendar, at, 0);

/**
 * When so many working minutes have passed since `from`: at the latest the moment of closing, never in closed time. Time
 * is real: the hour that the clocks skip does not count, the hour that comes twice counts twice. Negative minutes go back.
 * Zero gives the first open moment. Throws `NeverOpen`.
 */
export function addWorkingTime(calendar: Calendar, from: Instant, minutes: number): Instant {
  const days = Days.of(calendar);
  const start = Date.parse(from);
  let left = Math.abs(minutes) * MINUTE_MS;
  if (minutes < 0) {
    for (const { spans } of days.working(days.dateOf(start), -1))
      for (const span of spans.toReversed()) {
        const until = Math.min(span.to, start);
        if (until <= span.from) continue;
        if (until - span.from >= left) return instant(until - left);
        left -= until - span.from;
      }
  } else {
    for (const { spans } of days.working(days.dateOf(start), 1))
      for (const span of spans) {
        const since = Math.max(span.from, start);
        if (since >= span.to) continue;
        if (span.to - since >= left) return instant(since + left);
        left -= span.to - since;
      }
  }
  throw endless();
}

/**
 * The close of the n-th working day after the day of `from`, which does not count itself: whatever the hour, three days
 * are three whole days. Zero gives the close of that day, or of the first working day after it when that day has none or it is
 * over. Negative days go back: minus one is the close of the working day before. Throws `NeverOpen`.
 */
export function addWorkingDays(calendar: Calendar, from: Instant, days: number): Instant {
  const close = closeOf(calendar, from, days);
  return days === 0 && close <= from ? closeOf(calendar, from, 1) : close;
}

function closeOf(calendar: Calendar, from: Instant, days: number): Instant {
  const book = Days.of(calendar);
  const end = book.ofDay(Date.parse(from), `working ${days}`, first => {
    const start = days === 0 ? first : first.add({ days: Math.sign(days) });
    let left = Math.max(1, Math.abs(days));
    for (const { spans } of book.working(start, days < 0 ? -1 : 1)) {
      left -= 1;
      if (left === 0) return spans.at(-1)?.to ?? 0;
    }
    throw endless();
  });
  return instant(end);
}

/** How a term in calendar time ends when its last day is one without work. */
export interface TermEnd {
  /** It ends on the next working day instead. */
  readonly onWorkingDay?: boolean;
}

/**
 * The end of the n-th day after the day of `from`, which does not count itself; every day counts.
 * Throws `NeverOpen` when it must end on a working day and there is none.
 */
export const addCalendarDays = (calendar: Calendar, from: Instant, days: number, end: TermEnd = {}): Instant =>
  endOfTerm(calendar, from, 'days', days, end);

/** The same for months: the same day so many months later, or the month's last when it has no such day. */
export const addCalendarMonths = (calendar: Calendar, from: Instant, months: number, end: TermEnd = {}): Instant =>
  endOfTerm(calendar, from, 'months', months, end);

function endOfTerm(
  calendar: Calendar,
  from: Instant,
  unit: 'days' | 'months',
  amount: number,
  { onWorkingDay = false }: TermEnd,
): Instant {
  const book = Days.of(calendar);
  const end = book.ofDay(Date.parse(from), `${unit} ${amount} ${onWorkingDay}`, first => {
    const date = first.add({ [unit]: amount });
    if (!onWorkingDay) return book.endOf(date);
    for (const working of book.working(date, 1)) return book.endOf(working.date);
    throw endless();
  });
  return instant(end);
}

/** How many minutes somebody worked from one moment to another, in fractions too; negative when `b` comes before `a`. */
export function workingMinutesBetween(calendar: Calendar, a: Instant, b: Instant): number {
  if (b < a) return -workingMinutesBetween(calendar, b, a);
  const days = Days.of(calendar);
  const [start, end] = [Date.parse(a), Date.parse(b)];
  let worked = 0;
  const last = days.dateOf(end).toString();
  for (let date = days.dateOf(start); date.toString() <= last; date = date.add({ days: 1 }))
    for (const { from, to } of days.open(date)) worked += Math.max(0, Math.min(to, end) - Math.max(from, start));
  return worked / MINUTE_MS;
}

/** How many working days begin after the day of `a`, up to the day of `b`; 0 when `b` comes before. */
export function workingDaysBetween(calendar: Calendar, a: Instant, b: Instant): number {
  const days = Days.of(calendar);
  const last = days.dateOf(Date.parse(b)).toString();
  let count = 0;
  for (let date = days.dateOf(Date.parse(a)).add({ days: 1 }); date.toString() <= last; date = date.add({ days: 1 }))
    if (days.open(date).length > 0) count += 1;
  return count;
}

/** The local date of a moment, `YYYY-MM-DD`. */
export const localDate = (calendar: Calendar, at: Instant): string =>
  Days.of(calendar).dateOf(Date.parse(at)).toString();

/** The last local day on which something due at that moment is still in time: a term that ends at midnight ends the day before. */
export const lastDay = (calendar: Calendar, due: Instant): string =>
  Days.of(calendar)
    .dateOf(Date.parse(due) - 1)
    .toString();

const endless = (): Error => new Error('working days came to an end, which they do only by throwing');
