import i18next from 'i18next';

const language = (): string => (i18next.language === 'en' ? 'en-GB' : 'it-IT');

/** Terms and hours are those of the administration, wherever the screen stands; until it is known, those of the screen. */
let timeZone: string | undefined;

/** Says in which time zone everything is told. */
export function tellTimesIn(zone: string): void {
  timeZone = zone;
}

/** Formats are dear to make and cheap to use: each is made once for each language and time zone. */
function once<O extends object, F>(make: (language: string, options: O) => F): (options: O) => F {
  const made = new Map<string, F>();
  return options => {
    const key = `${language()} ${timeZone ?? ''} ${JSON.stringify(options)}`;
    const known = made.get(key) ?? make(language(), options);
    made.set(key, known);
    return known;
  };
}

const format = once(
  (language, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...(timeZone === undefined ? {} : { timeZone }), ...options }),
);
const relative = once(
  (language, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(language, options),
);
const numeric = once((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));

const languages = once((language, options: Intl.DisplayNamesOptions) => new Intl.DisplayNames(language, options));

/** What a language is called, by its code (BCP 47): «italiano»; the code where nobody knows it. */
export function languageName(code: string): string {
  try {
    return languages({ type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Day and minute: «26 nov 2026, 09:15». */
export const dateTime = (at: string): string =>
  format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/**
 * An instant by the clock of the administration, as if that were UTC: what spreadsheets hold, which know of no time zones. `undefined`
 * when it is none.
 */
export function wallClock(at: string): Date | undefined {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return undefined;
  const parts = format({
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(when);
  const of = (type: string): number => Number(parts.find(one => one.type === type)?.value);
  return new Date(Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')));
}

/** Until when: day and minute, or the last day alone of what ends with it, as citizens are told. */
export const term = (at: string): string =>
  time(at) === '00:00' ? day(new Date(new Date(at).getTime() - 1).toISOString()) : dateTime(at);

/** Hour and minute. */
export const time = (at: string): string => format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));

/** A day, of an instant or of a date. */
export const day = (at: string): string =>
  format({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));

/** So many days, in words. */
export const daysLong = (count: number): string =>
  numeric({ style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);

/** A day with its weekday, for headings. */
export const longDay = (at: string): string =>
  format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));

/** As short as it is clear: the hour of today, else the day. */
export const brief = (at: string, now: number): string => {
  const today = new Date(now).toISOString();
  if (day(at) === day(today)) return time(at);
  const year = format({ year: 'numeric' });
  const when = new Date(at);
  return year.format(when) === year.format(new Date(now))
    ? format({ day: 'numeric', month: 'short' }).format(when)
    : day(at);
};

export const number = (value: number): string => numeric({}).format(value);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far from now, in the largest unit that is not nought: «tra 3 ore», «5 giorni fa»; less than a minute is «ora». */
export const distance = (at: string, now: number, style: 'long' | 'narrow' = 'long'): string => {
  const away = new Date(at).getTime() - now;
  const found = UNITS.find(([, one]) => Math.abs(away) >= one);
  if (!found) return relative({ numeric: 'auto', style }).format(0, 'second');
  const [unit, length] = found;
  return relative({ numeric: 'always', style }).format(Math.trunc(away / length), unit);
};

/** Bytes, for people. */
export const bytes = (size: number): string => {
  const [unit, divisor] = size >= 1_048_576 ? (['megabyte', 1_048_576] as const) : (['kilobyte', 1_024] as const);
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(size / divisor);
};

/** A length of time in minutes and seconds: «4:07». */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
