import { instant, type Instant } from '@filodiretto/contracts/model';
import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.js';
import { nextOpening } from './working-time.js';

/** When something is done once a week, on an office's clock. */
export interface Weekly {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly hour: number;
}

/**
 * The latest weekly moment up to now: the day it is named by, and when it came: on a day without work it comes with the next
 * opening. Null: that of this week has not come yet because the office is closed. Throws `NeverOpen`.
 */
export function weeklyMoment(
  calendar: Calendar,
  { weekday, hour }: Weekly,
  now: Instant,
): { readonly week: string; readonly at: Instant } | null {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(calendar.timeZone);
  const today = local.toPlainDate();
  const named = (date: Temporal.PlainDate): Temporal.ZonedDateTime =>
    date.toZonedDateTime({ timeZone: calendar.timeZone, plainTime: { hour } });
  let date = today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 });
  if (named(date).epochMilliseconds > local.epochMilliseconds) date = date.subtract({ days: 7 });
  const moment = instant(named(date).epochMilliseconds);
  const opening = nextOpening(calendar, moment);
  const sameDay = Temporal.Instant.from(opening).toZonedDateTimeISO(calendar.timeZone).toPlainDate().equals(date);
  const at = sameDay ? moment : opening;
  return at <= now ? { week: date.toString(), at } : null;
}
