import type { CaseKind } from '@filodiretto/contracts/model';

/** Words looked for in what a citizen wrote, whatever their case and accents. A `*` at the end stands for any ending. */
export interface WordConditions {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
}

/** When something happened, on the clock of the place. */
export interface HourConditions {
  /** ISO: Monday is 1, Sunday 7. */
  readonly weekdays?: readonly number[];
  /** `HH:MM`, included. After `to`, the interval goes over midnight. */
  readonly from?: string;
  /** `HH:MM`, excluded; `24:00` is the end of the day. */
  readonly to?: string;
  /** Whether the office is open by its calendar. */
  readonly open?: boolean;
}

/** What must hold, as data: all that is given; of a list, one is enough. Nothing given: always. */
export interface Conditions {
  readonly channel?: readonly string[];
  readonly account?: readonly string[];
  readonly form?: readonly string[];
  /** Codes of categories. */
  readonly category?: readonly string[];
  readonly kind?: readonly CaseKind[];
  /** BCP 47: `en` holds for `en-GB` too. */
  readonly language?: readonly string[];
  readonly words?: WordConditions;
  /** Areas of the place that it is about. */
  readonly area?: readonly string[];
  readonly hours?: HourConditions;
  /** Whether the person had written to us before. */
  readonly knownContact?: boolean;
}

/** The moment, as the clock and the calendar of the office show it. */
export interface Moment {
  readonly weekday: number;
  /** `HH:MM`. */
  readonly time: string;
  readonly open?: boolean | undefined;
}

/** What conditions look at. What is absent meets no condition on it. */
export interface Facts {
  readonly channel?: string | null | undefined;
  readonly account?: string | null | undefined;
  readonly form?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly kind?: CaseKind | null | undefined;
  readonly language?: string | null | undefined;
  readonly text?: string | undefined;
  readonly area?: string | null | undefined;
  readonly moment?: Moment | undefined;
  readonly knownContact?: boolean | undefined;
}

/** The moment on the clock of a time zone. */
export function momentOf(at: Date, timeZone: string, open?: boolean): Moment {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find(one => one.type === type)?.value ?? '';
  return { weekday: WEEKDAYS.indexOf(part('weekday')) + 1, time: `${part('hour')}:${part('minute')}`, open };
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Words without case, accents or punctuation, one space between. */
export const normalWords = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();

/** Whether all conditions hold. Pure; costs nothing for what is not asked. */
export function holds(when: Conditions, facts: Facts): boolean {
  return (
    isOneOf(when.channel, facts.channel) &&
    isOneOf(when.account, facts.account) &&
    isOneOf(when.form, facts.form) &&
    isOneOf(when.category, facts.category) &&
    isOneOf(when.kind, facts.kind) &&
    isOneOf(when.area, facts.area) &&
    speaks(when.language, facts.language) &&
    (when.knownContact === undefined || when.knownContact === facts.knownContact) &&
    (when.hours === undefined || isAt(when.hours, facts.moment)) &&
    (when.words === undefined || says(when.words, facts.text ?? ''))
  );
}

const isOneOf = (wanted: readonly string[] | undefined, found: string | null | undefined): boolean =>
  wanted === undefined || (typeof found === 'string' && wanted.includes(found));

const speaks = (wanted: readonly string[] | undefined, found: string | null | undefined): boolean => {
  if (wanted === undefined) return true;
  const language = found?.toLowerCase();
  return (
    language !== undefined &&
    wanted.map(one => one.toLowerCase()).some(one => language === one || language.startsWith(`${one}-`))
  );
};

function isAt(hours: HourConditions, moment: Moment | undefined): boolean {
  if (!moment) return false;
  const { weekdays, from = '00:00', to = '24:00', open } = hours;
  const { time } = moment;
  const within = from <= to ? time >= from && time < to : time >= from || time < to;
  return (
    within && (weekdays === undefined || weekdays.includes(moment.weekday)) && (open ?? moment.open) === moment.open
  );
}

function says({ any, all, none }: WordConditions, text: string): boolean {
  const words = ` ${normalWords(text)} `;
  const has = (phrase: string): boolean => {
    const wanted = normalWords(phrase);
    return wanted !== '' && words.includes(phrase.trimEnd().endsWith('*') ? ` ${wanted}` : ` ${wanted} `);
  };
  return (any?.some(has) ?? true) && (all?.every(has) ?? true) && !(none?.some(has) ?? false);
}

const DAYS = ['', 'lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'];
const quoted = (values: readonly string[]): string => values.map(value => `«${value}»`).join(' o ');

/** The conditions in the words of a supervisor (Italian). */
export function sayConditions(when: Conditions): string {
  const said = [
    when.channel && `canale ${quoted(when.channel)}`,
    when.account && `account ${quoted(when.account)}`,
    when.form && `modulo ${quoted(when.form)}`,
    when.category && `categoria ${quoted(when.category)}`,
    when.kind && `tipologia ${quoted(when.kind)}`,
    when.language && `lingua ${quoted(when.language)}`,
    when.area && `zona ${quoted(when.area)}`,
    when.words?.any && `parole ${quoted(when.words.any)}`,
    when.words?.all && `tutte le parole ${when.words.all.map(word => `«${word}»`).join(', ')}`,
    when.words?.none && `nessuna delle parole ${when.words.none.map(word => `«${word}»`).join(', ')}`,
    when.hours && sayHours(when.hours),
    when.knownContact === undefined ? undefined : when.knownContact ? 'persona già nota' : 'persona mai sentita prima',
  ].filter(one => one !== undefined);
  return said.length > 0 ? said.join(', ') : 'sempre';
}

function sayHours({ weekdays, from, to, open }: HourConditions): string {
  return [
    weekdays?.map(day => DAYS[day] ?? String(day)).join(', '),
    from === undefined ? undefined : `dalle ${from}`,
    to === undefined ? undefined : `fino alle ${to}`,
    open === undefined ? undefined : open ? 'a ufficio aperto' : 'a ufficio chiuso',
  ]
    .filter(one => one !== undefined)
    .join(' ');
}
