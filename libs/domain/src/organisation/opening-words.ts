import { isDate, type Opening, type Weekday } from '../calendar/calendar.js';

/** The hours that an office says, for all channels or for one. */
export interface SaidHours {
  readonly channel: string | null;
  readonly opening: readonly Opening[];
}
/** Days on which an office is closed, the first and the last included. */
export interface SaidClosure {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
/** What words mean, or what of them means nothing. */
export interface Read<T> {
  readonly said: readonly T[];
  readonly mistakes: readonly string[];
}

const DAYS = ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'] as const;
const CLOSED = 'chiuso';
const short = (weekday: Weekday): string => (DAYS[weekday - 1] ?? '').slice(0, 3);
const plain = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '');

function weekdayOf(word: string): Weekday | undefined {
  const index = DAYS.findIndex(day => [plain(day), day.slice(0, 3)].includes(plain(word)));
  return index < 0 ? undefined : ((index + 1) as Weekday);
}

/**
 * Hours of a week in a cell of a table, as people write them (Italian): `lun-ven 08:30-12:30, 14:00-17:00 | sab 9-12`. Entries are
 * separated by `|`; one that begins with a channel and a colon is for that channel: `phone: lun-ven 08:00-18:00`, `phone: chiuso`.
 * Whether the hours can be is said by `openingRefusal`.
 */
export function readHours(words: string): Read<SaidHours> {
  const mistakes: string[] = [];
  const said = new Map<string | null, Opening[]>();
  const closed = new Set<string | null>();
  for (const entry of pieces(words)) {
    const [, named, rest = ''] = /^(?:([\w.-]+)\s*:(?=\s))?\s*(.*)$/s.exec(entry) ?? [];
    const channel = named ?? null;
    const opening = rest.toLowerCase() === CLOSED ? [] : openingOf(rest);
    if (!opening) mistakes.push(`"${entry}" is not days and times, as in "lun-ven 08:30-12:30, 14:00-17:00"`);
    else if (opening.length === 0 && channel === null)
      mistakes.push(`"${entry}": only a channel can be closed all week, as in "phone: chiuso"`);
    else {
      if (opening.length === 0) closed.add(channel);
      said.set(channel, [...(said.get(channel) ?? []), ...opening]);
    }
  }
  for (const channel of closed)
    if (said.get(channel)?.length) mistakes.push(`"${channel ?? ''}" is closed all week and open on some days`);
  return { said: [...said].map(([channel, opening]) => ({ channel, opening })), mistakes };
}

/** The same hours in words that `readHours` reads. */
export const sayHours = (hours: readonly SaidHours[]): string =>
  [...hours]
    .sort((a, b) => compared(a.channel ?? '', b.channel ?? ''))
    .flatMap(({ channel, opening }) =>
      (opening.length === 0 ? [CLOSED] : sayWeek(opening)).map(entry =>
        channel === null ? entry : `${channel}: ${entry}`,
      ),
    )
    .join(' | ');

/** Closures in a cell: `2026-08-10..2026-08-21 Ferie | 2026-12-24 Vigilia`. A `|` or a `\` of a reason has a `\` before it. */
export function readClosures(words: string): Read<SaidClosure> {
  const mistakes: string[] = [];
  const said: SaidClosure[] = [];
  for (const entry of pieces(words)) {
    const [, from = '', to = from, reason = ''] =
      /^(\d{4}-\d\d-\d\d)(?:\s*\.\.\s*(\d{4}-\d\d-\d\d))?\s+(\S.*)$/s.exec(entry) ?? [];
    if (from === '') mistakes.push(`"${entry}" is not days and a reason, as in "2026-08-10..2026-08-21 Ferie"`);
    else if (!isDate(from) || !isDate(to)) mistakes.push(`"${entry}": such a day does not exist`);
    else if (to < from) mistakes.push(`"${entry}" ends before it begins`);
    else said.push({ from, to, reason });
  }
  return { said, mistakes };
}

/** The same closures in words that `readClosures` reads. */
export const sayClosures = (closures: readonly SaidClosure[]): string =>
  [...closures]
    .sort((a, b) => compared(a.from, b.from) || compared(a.to, b.to) || compared(a.reason, b.reason))
    .map(
      ({ from, to, reason }) =>
        `${from === to ? from : `${from}..${to}`} ${reason.trim().replaceAll(/[\\|]/g, '\\$&')}`,
    )
    .join(' | ');

const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What stands between bars; a bar with a backslash before it is one of the words. */
const pieces = (words: string): string[] =>
  (words.match(/(?:\\.|[^|\\]|\\$)+/gs) ?? [])
    .map(piece => piece.replaceAll(/\\([\\|])/g, '$1').trim())
    .filter(piece => piece !== '');

const TIME = /^(\d{1,2})(?:[:.](\d\d))?$/;
const timeOf = (word: string): string | undefined => {
  const [, hour, minute = '00'] = TIME.exec(word.trim()) ?? [];
  return hour === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}`;
};

function openingOf(words: string): Opening[] | undefined {
  const [, days = '', times = ''] = /^(\D+?)\s+(\d.*)$/s.exec(words) ?? [];
  const weekdays = days.split(',').flatMap(one => daysOf(one.trim()) ?? [undefined]);
  const intervals = times.split(',').map(one => {
    const [from, to, more] = one.split(/[-–]/).map(timeOf);
    return from !== undefined && to !== undefined && more === undefined && one.split(/[-–]/).length === 2
      ? { from, to }
      : undefined;
  });
  const opening: Opening[] = [];
  for (const weekday of weekdays)
    for (const interval of intervals) {
      if (weekday === undefined || interval === undefined) return undefined;
      opening.push({ weekday, ...interval });
    }
  return opening.length > 0 ? opening : undefined;
}

/** `lun-ven`, or one day. */
function daysOf(words: string): Weekday[] | undefined {
  const [first, last = first, more] = words.split(/\s*[-–]\s*/).map(weekdayOf);
  if (first === undefined || last === undefined || more !== undefined || last < first) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) as Weekday);
}

/** A week as few entries: days that follow each other and have the same times go together. */
function sayWeek(opening: readonly Opening[]): string[] {
  const timesOf = (weekday: Weekday): string =>
    opening
      .filter(one => one.weekday === weekday)
      .map(({ from, to }) => `${from}-${to}`)
      .sort(compared)
      .join(', ');
  const entries: { first: Weekday; last: Weekday; times: string }[] = [];
  for (const weekday of [1, 2, 3, 4, 5, 6, 7] as const) {
    const times = timesOf(weekday);
    const before = entries.at(-1);
    if (times === '') continue;
    if (before?.times === times && before.last === weekday - 1) before.last = weekday;
    else entries.push({ first: weekday, last: weekday, times });
  }
  return entries.map(
    ({ first, last, times }) => `${first === last ? short(first) : `${short(first)}-${short(last)}`} ${times}`,
  );
}
