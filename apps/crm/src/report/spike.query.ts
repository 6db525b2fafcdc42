import { Inject, Injectable } from '@nestjs/common';
import type { AreaRef, CategoryRef, OfficeRef, SpikeList, SpikeView } from '@filodiretto/contracts';
import { spikesOf, type Gathering, type Spike } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at } from '../http/present.js';
import { seenWith } from '../permission/seen.js';

/** Hours that are looked at, and weeks that they are compared with. */
const HOURS = 3;
const WEEKS = 8;
const MOST = 100;

interface Came {
  /** How many weeks ago; 0: now. */
  readonly week: number;
  readonly cases: readonly string[] | null;
  readonly count: number;
  readonly category: CategoryRef;
  readonly area: AreaRef | null;
  readonly office: OfficeRef | null;
}
interface Row {
  readonly since: Date;
  readonly until: Date;
  readonly weeks: number;
  readonly came: readonly Came[];
}

/** What is suddenly more than usual, of the cases that whoever asks sees; no confidential one is counted. */
@Injectable()
export class SpikeQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async now(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    hours = HOURS,
  ): Promise<SpikeList> {
    const parameters: unknown[] = [administrationId, hours, WEEKS];
    const seen = seenWith(sight, parameters);
    const [row]: Row[] = await this.dataSource.query(
      `with stretch as (
         select k as week, (here - make_interval(days => 7 * k, hours => $2)) at time zone 'Europe/Rome' as since,
           (here - make_interval(days => 7 * k)) at time zone 'Europe/Rome' as until
         from (select clock_now() at time zone 'Europe/Rome' as here) n, generate_series(0, $3::int) k
       ), known as (
         -- Weeks before there were any cases say nothing of what is usual.
         select * from stretch where week = 0
           or since >= (select min(opened_at) from case_file where administration_id = $1)
       ), came as (
         select s.week, c.category_id, c.office_id, l.area_id, case when s.week = 0 then c.id end as id
         from known s join case_file c on c.administration_id = $1 and c.opened_at >= s.since and c.opened_at < s.until
           and c.category_id is not null and c.merged_into is null and c.confidentiality is null and ${seen}
         left join case_place l on l.case_id = c.id
       ), gathered as (
         select week, category_id, area_id, null::uuid as office_id, array_agg(id) filter (where week = 0) as cases, count(*)::int as count
         from came where area_id is not null group by week, category_id, area_id
         union all
         select week, category_id, null, office_id, array_agg(id) filter (where week = 0), count(*)::int
         from came where office_id is not null group by week, category_id, office_id
       )
       select s.since, s.until, (select count(*)::int from known where week > 0) as weeks,
         (select coalesce(json_agg(json_build_object('week', g.week, 'cases', g.cases, 'count', g.count,
            'category', json_build_object('id', t.id, 'code', t.code, 'label', t.label),
            'area', case when a.id is not null then json_build_object('id', a.id, 'code', a.code, 'name', a.name) end,
            'office', case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end)), '[]')
          from gathered g join category t on t.id = g.category_id
          left join area a on a.id = g.area_id left join office o on o.id = g.office_id) as came
       from stretch s where s.week = 0`,
      parameters,
    );
    if (!row) throw new Error('there is no stretch of hours');
    const came = row.came.filter(({ week }) => week === 0);
    return {
      items: spikesOf(came.map(one => gathering(one, row)))
        .slice(0, MOST)
        .flatMap(spike => came.filter(one => isOf(one, spike)).map(one => spikeView(one, spike))),
      from: at(row.since),
      until: at(row.until),
      weeks: row.weeks,
    };
  }
}

const placeOf = ({ area, office }: Came): Gathering['where'] =>
  area ? { kind: 'area', id: area.id } : { kind: 'office', id: office?.id ?? '' };

const isOf = (one: Came, { category, where }: Pick<Gathering, 'category' | 'where'>): boolean => {
  const place = placeOf(one);
  return one.category.id === category && place.kind === where.kind && place.id === where.id;
};

/** What came now, with how many came in each of the weeks: none where nothing is said of one. */
function gathering(now: Came, { came, weeks }: Row): Gathering {
  const where = placeOf(now);
  const category = now.category.id;
  const counts = came
    .filter(({ week }) => week > 0)
    .filter(one => isOf(one, { category, where }))
    .map(({ count }) => count);
  return {
    category,
    where,
    cases: now.cases ?? [],
    before: [...counts, ...Array.from({ length: Math.max(0, weeks - counts.length) }, () => 0)],
  };
}

const spikeView = ({ category, area, office }: Came, { cases, usual }: Spike): SpikeView => ({
  category,
  ...(area ? { area } : {}),
  ...(office ? { office } : {}),
  count: cases.length,
  usual: Math.round(usual * 10) / 10,
});
