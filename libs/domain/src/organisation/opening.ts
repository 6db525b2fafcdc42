import { refuse, type Refusal } from '../case/refusal.js';
import { isDate, type Calendar, type Closure, type Opening } from '../calendar/calendar.js';
import { lineOf, type OfficeNode, type OfficeTree } from './tree.js';

/** When an office is open: on one channel (no interval: never there), or (null) on all that have no hours of their own. */
export interface OfficeHours {
  readonly office: string;
  readonly channel: string | null;
  readonly opening: readonly Opening[];
}

/** Days on which an office is closed, and all that stands under it. */
export interface OfficeClosure extends Closure {
  readonly office: string;
}

/** An office, and what its calendar depends on. */
export interface OpeningOffice extends OfficeNode {
  /** `MM-DD`; absent: that of the office above. */
  readonly patronSaint: string | null;
  /** Its own hours hold on holidays too. */
  readonly openOnHolidays: boolean;
}

/** What the calendars of one administration are made of. */
export interface OpeningBook {
  readonly tree: OfficeTree<OpeningOffice>;
  readonly hours: readonly OfficeHours[];
  readonly closures: readonly OfficeClosure[];
  /** National holidays, `YYYY-MM-DD`, of every year that may be asked for. */
  readonly holidays: readonly string[];
  readonly timeZone: string;
}

const WORKING_DAYS = [1, 2, 3, 4, 5] as const;

/** When an administration that said nothing is open. */
export const USUAL_OPENING: readonly Opening[] = WORKING_DAYS.map(weekday => ({ weekday, from: '08:00', to: '18:00' }));

/**
 * The calendar of an office, on one channel or on all: hours of the nearest office above that has any (the channel's own before
 * those for all), else the usual ones; closures of all offices above; national holidays and the nearest patron saint, unless
 * whoever gives the hours is open then. Of no office: the usual hours and the holidays.
 */
export function calendarFor(book: OpeningBook, office: string | null, channel: string | null): Calendar {
  const line = office === null ? [] : lineOf(book.tree, office);
  const ids = new Set(line.map(({ id }) => id));
  const hours = line.flatMap(({ id }) => hoursOf(book, id, channel) ?? [])[0];
  const keeper = line.find(({ id }) => id === hours?.office);
  const saint = line.find(({ patronSaint }) => patronSaint !== null)?.patronSaint;
  return {
    timeZone: book.timeZone,
    opening: hours?.opening ?? USUAL_OPENING,
    holidays: keeper?.openOnHolidays ? [] : withSaint(book.holidays, saint),
    closures: book.closures.filter(one => ids.has(one.office)).map(({ from, to }) => ({ from, to })),
  };
}

const hoursOf = (book: OpeningBook, office: string, channel: string | null): OfficeHours | undefined => {
  const own = book.hours.filter(one => one.office === office);
  return (
    (channel === null ? undefined : own.find(one => one.channel === channel)) ?? own.find(one => one.channel === null)
  );
};

function withSaint(holidays: readonly string[], saint: string | null | undefined): readonly string[] {
  if (!saint) return holidays;
  const years = new Set(holidays.map(date => date.slice(0, 4)));
  return [...new Set([...holidays, ...[...years].map(year => `${year}-${saint}`).filter(isDate)])].sort();
}

/** Whether a day of the year (`MM-DD`) exists, in some year at least. */
export const isDayOfYear = (day: string): boolean => isDate(`2024-${day}`);

const TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Why the hours of a week cannot be so: an interval ends after it begins, on a clock, and no two of a day meet. */
export function openingRefusal(opening: readonly Opening[], pointer = ''): Refusal | undefined {
  const errors = opening.flatMap(({ weekday, from, to }, index) => {
    const at = `${pointer}/${index}`;
    if (!TIME.test(from) || from === '24:00') return [{ pointer: `${at}/from`, detail: 'must be a time, HH:MM' }];
    if (!TIME.test(to)) return [{ pointer: `${at}/to`, detail: 'must be a time, HH:MM, at most 24:00' }];
    if (from >= to) return [{ pointer: `${at}/to`, detail: 'must be later than its beginning' }];
    const meets = opening.slice(0, index).some(one => one.weekday === weekday && one.from < to && from < one.to);
    return meets ? [{ pointer: at, detail: 'overlaps another of the same day' }] : [];
  });
  return errors.length > 0 ? { ...refuse('invalid-input', 'Hours of a week that cannot be.'), errors } : undefined;
}
