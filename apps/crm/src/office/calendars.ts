import { Injectable } from '@nestjs/common';
import {
  calendarFor,
  type Calendar,
  type OfficeClosure,
  type OfficeHours,
  type OpeningBook,
  type OpeningOffice,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { holidaysAround } from './holidays.js';
import { prepared } from '../prepared.js';

/** The time zone of the administrations: terms, hours and days are told in it, wherever a screen stands. */
export const TIME_ZONE = 'Europe/Rome';

/** All calendars of one administration, as they are at one moment. */
export interface CalendarBook {
  /** The calendar of an office, of none for the administration's usual one; on one channel or on all. */
  of(officeId: string | null, channel?: string): Calendar;
}

interface Kept {
  readonly revision: string;
  readonly year: number;
  readonly book: CalendarBook;
}
interface BookRow {
  readonly offices: OpeningOffice[];
  readonly hours: OfficeHours[];
  readonly closures: OfficeClosure[];
}

const BOOK = `
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'parent', o.parent_id, 'kind', o.kind, 'active', o.active,
       'patronSaint', o.patron_saint, 'openOnHolidays', o.open_on_holidays)), '[]')
     from office o where o.administration_id = $1) as offices,
    (select coalesce(jsonb_agg(jsonb_build_object('office', h.office_id, 'channel', h.channel, 'opening', h.intervals)), '[]')
     from office_hours h where h.administration_id = $1) as hours,
    (select coalesce(jsonb_agg(jsonb_build_object('office', c.office_id, 'from', c.from_date, 'to', c.to_date)
       order by c.from_date), '[]')
     from closure c where c.administration_id = $1) as closures`;

/** When offices are open. What is told is what the database says at that moment, within the transaction that asks. */
@Injectable()
export class Calendars {
  private readonly kept = new Map<string, Kept>();

  /**
   * The calendar of an office, on one channel or on all; without an office, the administration's usual one. Hours come from the
   * nearest office above that has any; national holidays, patron saint and closures are included.
   */
  async calendarOf(
    manager: EntityManager,
    administrationId: string,
    officeId: string | null,
    channel?: string,
  ): Promise<Calendar> {
    return (await this.book(manager, administrationId)).of(officeId, channel);
  }

  /** All calendars of an administration, for whoever needs several. Read again only after something in them changed. */
  async book(manager: EntityManager, administrationId: string): Promise<CalendarBook> {
    const { rows } = await prepared<{ revision: string; year: number }>(
      manager,
      `select revision, extract(year from clock_now() at time zone '${TIME_ZONE}')::int as year
       from organisation_revision where administration_id = $1`,
      [administrationId],
    );
    const [now] = rows;
    if (!now) throw new Error(`there is no administration ${administrationId}`);
    const kept = this.kept.get(administrationId);
    if (kept?.revision === now.revision && kept.year === now.year) return kept.book;
    const [row]: BookRow[] = await manager.query(BOOK, [administrationId]);
    if (!row) throw new Error('a select without a table gave no row');
    const book = opened({
      tree: new Map(row.offices.map(office => [office.id, office])),
      hours: row.hours,
      closures: row.closures,
      holidays: holidaysAround(now.year),
      timeZone: TIME_ZONE,
    });
    this.kept.set(administrationId, { ...now, book });
    return book;
  }
}

/** Each calendar is made once: the same object as long as nothing changes. */
function opened(book: OpeningBook): CalendarBook {
  const made = new Map<string, Calendar>();
  return {
    of(officeId, channel) {
      const key = JSON.stringify([officeId, channel ?? null]);
      const calendar = made.get(key) ?? calendarFor(book, officeId, channel ?? null);
      made.set(key, calendar);
      return calendar;
    },
  };
}
