import { Temporal } from 'temporal-polyfill';
import { NeverOpen, type Calendar } from './calendar.js';

/** From one moment to another, in milliseconds of the epoch; the end is outside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A local day, from its first moment to that of the next. */
interface LocalDay extends Span {
  readonly date: Temporal.PlainDate;
}

const DAY_MS = 86_400_000;
/** What is kept of a calendar at most, before it is begun anew. */
const MOST_DAYS = 2_000;
const MOST_TERMS = 5_000;

/** Days in a row without an opening after which a calendar is taken to be closed for ever: five years. */
const CLOSED_FOR_EVER = 1_827;

/** The days of one calendar, worked out once. */
export class Days {
  private static readonly known = new WeakMap<Calendar, Days>();
  private readonly spans = new Map<string, readonly Span[]>();
  private readonly spansOf = new WeakMap<Temporal.PlainDate, readonly Span[]>();
  private readonly neighbours = {
    [1]: new WeakMap<Temporal.PlainDate, Temporal.PlainDate>(),
    [-1]: new WeakMap<Temporal.PlainDate, Temporal.PlainDate>(),
  };
  private readonly dates = new Map<number, readonly LocalDay[]>();
  private readonly terms = new Map<string, number>();
  private readonly holidays: ReadonlySet<string>;

  private constructor(private readonly calendar: Calendar) {
    this.holidays = new Set(calendar.holidays);
  }

  static of(calendar: Calendar): Days {
    const known = Days.known.get(calendar) ?? new Days(calendar);
    Days.known.set(calendar, known);
    return known;
  }

  /** The local date of a moment. */
  dateOf(at: number): Temporal.PlainDate {
    return this.dayOf(at).date;
  }

  /** What a term that depends on the local day alone gives, worked out once for all that begin on that day. */
  ofDay(at: number, term: string, workOut: (date: Temporal.PlainDate) => number): number {
    const { date, from } = this.dayOf(at);
    const key = `${from} ${term}`;
    const known = this.terms.get(key) ?? workOut(date);
    if (this.terms.size >= MOST_TERMS) this.terms.clear();
    this.terms.set(key, known);
    return known;
  }

  /** The local day of a moment; a day of UTC touches two of them, or three where the clocks change. */
  private dayOf(at: number): LocalDay {
    const utcDay = Math.floor(at / DAY_MS);
    const known = this.dates.get(utcDay) ?? [];
    const found = known.find(({ from, to }) => from <= at && at < to);
    if (found) return found;
    const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.calendar.timeZone).startOfDay();
    const day = {
      date: zoned.toPlainDate(),
      from: zoned.epochMilliseconds,
      to: zoned.add({ days: 1 }).startOfDay().epochMilliseconds,
    };
    if (this.dates.size >= MOST_DAYS) this.dates.clear();
    this.dates.set(utcDay, [...known, day]);
    return day;
  }

  /** The end of a local day: the midnight that follows it. */
  endOf(date: Temporal.PlainDate): number {
    return this.moment(date, '24:00', 'later');
  }

  /** When the office is open on a date, in order, nothing overlapping; none on a holiday or during a closure. */
  open(date: Temporal.PlainDate): readonly Span[] {
    const seen = this.spansOf.get(date);
    if (seen) return seen;
    const key = date.toString();
    const known = this.spans.get(key) ?? this.workOut(date, key);
    this.spans.set(key, known);
    this.spansOf.set(date, known);
    return known;
  }

  /**
   * The dates with an opening, from a date on (itself included), one way or the other.
   * Throws `NeverOpen` when there is none for years.
   */
  *working(from: Temporal.PlainDate, step: 1 | -1): Generator<{ date: Temporal.PlainDate; spans: readonly Span[] }> {
    let closed = 0;
    for (let date = from; ; date = this.beside(date, step)) {
      const spans = this.open(date);
      if (spans.length > 0) {
        closed = 0;
        yield { date, spans };
      } else {
        closed += 1;
        if (closed >= CLOSED_FOR_EVER)
          throw new NeverOpen(`The calendar has no opening in the ${closed} days around ${from.toString()}.`);
      }
    }
  }

  private beside(date: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate {
    const known = this.neighbours[step].get(date) ?? date.add({ days: step });
    this.neighbours[step].set(date, known);
    return known;
  }

  private workOut(date: Temporal.PlainDate, key: string): readonly Span[] {
    const { opening, closures } = this.calendar;
    if (this.holidays.has(key) || closures.some(({ from, to }) => from <= key && key <= to)) return [];
    const spans = opening
      .filter(({ weekday }) => weekday === date.dayOfWeek)
      .map(({ from, to }) => ({ from: this.moment(date, from, 'earlier'), to: this.moment(date, to, 'later') }))
      .filter(({ from, to }) => from < to)
      .sort((a, b) => a.from - b.from);
    const merged: Span[] = [];
    for (const span of spans) {
      const last = merged.at(-1);
      if (last && span.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
      else merged.push(span);
    }
    return merged;
  }

  /**
   * A local time of a date as a moment. A time that the clocks skip is the moment at which they skip; of a time that
   * comes twice, an interval begins with the first and ends with the second.
   */
  private moment(date: Temporal.PlainDate, time: string, which: 'earlier' | 'later'): number {
    const local =
      time === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(Temporal.PlainTime.from(time));
    const zoned = local.toZonedDateTime(this.calendar.timeZone, { disambiguation: 'earlier' });
    if (zoned.toPlainDateTime().equals(local))
      return which === 'earlier'
        ? zoned.epochMilliseconds
        : local.toZonedDateTime(this.calendar.timeZone, { disambiguation: 'later' }).epochMilliseconds;
    return (zoned.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
  }
}
