import Holidays from 'date-holidays';

/** How far around a year its holidays are told: farther than any term reaches, and any statistics look back. */
const YEARS_BEFORE = 3;
const YEARS_AFTER = 5;

const italy = new Holidays('IT');
const known = new Map<number, readonly string[]>();

/** The national holidays of a year, `YYYY-MM-DD`. Each year is worked out once: it takes some twenty milliseconds. */
function holidaysOf(year: number): readonly string[] {
  const found =
    known.get(year) ??
    italy
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10));
  known.set(year, found);
  return found;
}

/** The national holidays of the years around one, in order. */
export const holidaysAround = (year: number): readonly string[] =>
  Array.from({ length: YEARS_BEFORE + 1 + YEARS_AFTER }, (_, index) => year - YEARS_BEFORE + index).flatMap(holidaysOf);
