import { Inject, Injectable } from '@nestjs/common';
import type {
  BulkActionPage,
  BulkActionView,
  BulkItemPage,
  BulkItemState,
  BulkRefusals,
  BulkState,
  ListBulkItems,
  PageQuery,
  ProblemName,
} from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, placeCursorOf, placeNextOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import type { BulkAsked } from './bulk-actions.js';
import { notHiddenSql, seenSql } from '../permission/seen.js';

interface Row extends Cursor {
  readonly state: BulkState;
  readonly operator_id: string;
  readonly operator_name: string;
  readonly asked: BulkAsked;
  readonly total: number;
  readonly waiting: number;
  readonly done: number;
  readonly refused: number;
  readonly refusals: readonly BulkRefusals[];
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

/** Cases of which whoever asks may not know are in no figure. `x`: the items. */
const columns = (sees: string): string => `
  b.id, b.state, b.operator_id, p.name as operator_name, b.asked, b.created_at, b.started_at, b.ended_at,
  ${cursorAt('b.created_at')} as at, i.total, i.waiting, i.done, i.refused,
  (select coalesce(json_agg(r order by r.cases desc, r.problem), '[]') from (
     select x.problem, (array_agg(x.detail order by x.position))[1] as detail, count(*)::int as cases
     from bulk_item x where x.bulk_id = b.id and x.problem is not null and ${sees} group by x.problem limit 50) r) as refusals`;
const from = (sees: string): string => `
  from bulk_action b join operator p on p.id = b.operator_id
  cross join lateral (
    select count(*)::int as total, (count(*) filter (where x.state = 'waiting'))::int as waiting,
      (count(*) filter (where x.state = 'done'))::int as done, (count(*) filter (where x.state = 'refused'))::int as refused
    from bulk_item x where x.bulk_id = b.id and ${sees}) i`;

/** What the screens of bulk actions show. */
@Injectable()
export class BulkActionQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async list({ administrationId, sight }: Asking, page: PageQuery): Promise<BulkActionPage> {
    const cursor = cursorOf(page.after);
    const limit = limitOf(page);
    const where = new Where()
      .and('b.administration_id = $?', administrationId)
      .and('(b.created_at, b.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const sees = seesItem({ administrationId, sight }, value => where.parameter(value));
    const rows: Row[] = await this.dataSource.query(
      `select ${columns(sees)} ${from(sees)} where ${where.toString()} order by b.created_at desc, b.id desc limit ${limit + 1}`,
      where.parameters,
    );
    return pageOf(rows, limit, bulkView);
  }

  /** One bulk action; `undefined` when the administration has none of this id. */
  async one({ administrationId, sight }: Asking, id: string): Promise<BulkActionView | undefined> {
    const parameters: unknown[] = [administrationId, id];
    const sees = seesItem({ administrationId, sight }, value => `$${parameters.push(value)}`);
    const rows: Row[] = await this.dataSource.query(
      `select ${columns(sees)} ${from(sees)} where b.administration_id = $1 and b.id = $2`,
      parameters,
    );
    return rows[0] && bulkView(rows[0]);
  }

  /** What became of its cases, in order. */
  async items(
    { sight }: Pick<Asking, 'sight'>,
    id: string,
    { state, after, ...page }: ListBulkItems,
  ): Promise<BulkItemPage> {
    const limit = limitOf(page);
    const where = new Where()
      .and('i.bulk_id = $?', id)
      .and('i.state = $?', state)
      .and('i.position > $?', placeCursorOf(after));
    where.and(seenSql(sight, value => where.parameter(value)));
    const rows: {
      position: number;
      case: string;
      number: string;
      state: BulkItemState;
      problem: ProblemName | null;
      detail: string | null;
    }[] = await this.dataSource.query(
      `select i.position, c.id as case, c.number, i.state, i.problem, i.detail
       from bulk_item i join case_file c on c.id = i.case_id where ${where.toString()} order by i.position limit ${limit + 1}`,
      where.parameters,
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ position: _, problem, detail, ...item }) => ({ ...item, ...present({ problem, detail }) })),
      ...(rows.length > limit && last ? { next: placeNextOf(last.position) } : {}),
    };
  }
}

/** SQL of whether somebody sees the case of the item `x`; who sees the administration, by the few that are confidential. */
function seesItem(asking: Pick<Asking, 'administrationId' | 'sight'>, parameter: (value: unknown) => string): string {
  const { sight } = asking;
  return sight === 'all' || sight.reach === 'administration'
    ? notHiddenSql(asking, 'x.case_id', parameter)
    : `exists (select from case_file c where c.id = x.case_id and ${seenSql(sight, parameter)})`;
}

const bulkView = (row: Row): BulkActionView => ({
  id: row.id,
  state: row.state,
  operator: { id: row.operator_id, name: row.operator_name },
  ...row.asked,
  total: row.total,
  waiting: row.waiting,
  done: row.done,
  refused: row.refused,
  refusals: [...row.refusals],
  createdAt: at(row.created_at),
  ...present({ startedAt: atOrNull(row.started_at), endedAt: atOrNull(row.ended_at) }),
});
