import { Inject, Injectable } from '@nestjs/common';
import type { ReceptionReport, ReceptionReportQuery } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { NothingLost } from '../reception/nothing-lost.js';

interface DayRow {
  readonly day: string;
  readonly channel: string;
  readonly receptions: number;
  readonly facts: number;
  readonly missing: number;
  readonly fates: Record<string, number>;
}

const WATCHED = [
  'overdueReceptions',
  'outbox',
  'queued',
  'sending',
  'unknown',
  'withoutReceipt',
  'pendingAttachments',
  'parked',
  'earlyProgress',
] as const;

/** Whether anything was lost: every fact that a delivery announced must have met a fate. */
@Injectable()
export class ReportQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(NothingLost) private readonly nothingLost: NothingLost,
  ) {}

  async reception({ administrationId }: Asking, { from, to }: ReceptionReportQuery): Promise<ReceptionReport> {
    const days: DayRow[] = await this.dataSource.query(
      `with bounds as (
         select coalesce($3::date, (now() at time zone 'Europe/Rome')::date) as last
       ), span as (
         select coalesce($2::date, last - 6)::timestamp at time zone 'Europe/Rome' as since,
           (last + 1)::timestamp at time zone 'Europe/Rome' as until from bounds
       ), item as (
         select i.*, (i.recorded_at at time zone 'Europe/Rome')::date as day
         from reception_item i
         join channel_account a on a.channel = i.channel and a.account = i.account and a.administration_id = $1
         cross join span
         where i.recorded_at >= span.since and i.recorded_at < span.until
       ), reception as (
         select channel, reception_id, min(day) as day, max(item_count) as announced,
           count(*) filter (where fate <> 'empty') as recorded
         from item group by channel, reception_id
       ), fate as (
         select day, channel, fate, count(*) as facts from item group by day, channel, fate
       )
       select r.day::text as day, r.channel, count(*)::int as receptions, sum(r.recorded)::int as facts,
         sum(greatest(r.announced - r.recorded, 0))::int as missing,
         (select coalesce(json_object_agg(f.fate, f.facts), '{}') from fate f where f.day = r.day and f.channel = r.channel)
           as fates
       from reception r group by r.day, r.channel order by r.day, r.channel`,
      [administrationId, from ?? null, to ?? null],
    );
    const figures = await this.nothingLost.figures();
    return {
      items: days,
      missing: days.reduce((sum, day) => sum + day.missing, 0),
      waiting: WATCHED.map(what => ({
        what,
        count: figures[what].count,
        ...present({ since: atOrNull(figures[what].since) }),
      })),
      countedAt: at(figures.at),
    };
  }
}
