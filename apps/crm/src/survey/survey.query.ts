import { Inject, Injectable } from '@nestjs/common';
import type { SurveyReport, SurveyReportQuery } from '@filodiretto/contracts';
import { LEAST_TOGETHER } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';

interface Row {
  readonly id: string | null;
  readonly name: string | null;
  readonly ratings: number;
  readonly stars: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly comments: readonly string[];
}

/** Most words of citizens shown of one office. */
const COMMENTS = 200;

/** What citizens said, in one statement; of fewer than five together, nothing. */
@Injectable()
export class SurveyQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async report({ administrationId }: Asking, { from, to }: SurveyReportQuery): Promise<SurveyReport> {
    const rows: Row[] = await this.dataSource.query(
      `with bounds as (
         select coalesce($3::date, (clock_now() at time zone 'Europe/Rome')::date) as last
       ), span as (
         select coalesce($2::date, last - 89)::timestamp at time zone 'Europe/Rome' as since,
           (last + 1)::timestamp at time zone 'Europe/Rome' as until from bounds
       ), said as (
         select s.* from survey s cross join span
         where s.administration_id = $1 and s.given_at >= span.since and s.given_at < span.until
       ), chosen as (
         select office_id, stars || '_stars' as what from said
         union all select office_id, 'face_' || face from said where face is not null
         union all select office_id, unnest(reasons) from said
       ), counted as (select office_id, what, count(*)::int as count from chosen group by office_id, what)
       select o.id, o.name, count(*)::int as ratings, round(avg(s.stars), 2)::float8 as stars,
         (select json_object_agg(n.what, n.count order by n.what) from counted n where n.office_id is not distinct from s.office_id) as counts,
         coalesce((select json_agg(w.comment order by md5(w.case_id::text)) from
           (select c.comment, c.case_id from said c where c.office_id is not distinct from s.office_id and c.comment is not null
            order by md5(c.case_id::text) limit ${COMMENTS}) w), '[]') as comments
       from said s left join office o on o.id = s.office_id
       group by s.office_id, o.id, o.name order by stars, o.name`,
      [administrationId, from ?? null, to ?? null],
    );
    const shown = rows.filter(row => row.ratings >= LEAST_TOGETHER && row.id !== null);
    return {
      items: shown.map(row => ({
        office: { id: row.id ?? '', name: row.name ?? '' },
        ratings: row.ratings,
        stars: row.stars,
        counts: Object.entries(row.counts).map(([what, count]) => ({ what, count })),
        comments: [...row.comments],
      })),
      withheld: rows.filter(row => !shown.includes(row)).reduce((sum, row) => sum + row.ratings, 0),
    };
  }
}
