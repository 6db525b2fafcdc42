import { Inject, Injectable } from '@nestjs/common';
import type {
  CaseFilter,
  ChangeView,
  FoundCount,
  SavedView,
  SaveView,
  Sharing,
  ViewCount,
} from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Viewer } from '../case/case-filter.js';
import { notOurs } from '../case/belonging.js';
import type { Asking } from '../http/operator.js';
import { Where } from '../http/where.js';
import { Roles } from '../permission/roles.js';
import { refused, type Refused } from '../refused.js';
import { countOf, countSql } from '../search/count.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly filter: CaseFilter;
  readonly shared_with: Sharing;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly position: number;
}

/** Views that one operator may own, and that one list shows. */
const MAX_OWN = 100;
const MAX_SHOWN = 500;

const SEEN = `v.administration_id = $1 and (v.owner_id = $2 or v.shared_with = 'administration' or (v.shared_with = 'office' and v.office_id = $3))`;
const COLUMNS = `v.id, v.name, v.filter, v.shared_with, v.owner_id, p.name as owner_name, v.position`;

/** Filters kept under a name, one's own and those that others share. */
@Injectable()
export class Views {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  /** Everything an operator sees: first their own, then what is shared with them; each with its count. */
  async list(viewer: Viewer): Promise<SavedView[]> {
    const rows = await this.rows(viewer);
    const counts = new Map((await this.counts(viewer, rows)).map(({ view, count }) => [view, count]));
    return rows.map(row => viewOf(row, viewer, counts.get(row.id)));
  }

  /** One of them; `undefined` when the operator sees none of this id. */
  async one(viewer: Viewer, id: string): Promise<SavedView | undefined> {
    const [row] = await this.rows(viewer, id);
    if (!row) return undefined;
    const [counted] = await this.counts(viewer, [row]);
    return viewOf(row, viewer, counted?.count);
  }

  /** How many cases each view shows an operator: one statement for all of them. */
  async counts(viewer: Viewer, views: readonly Pick<Row, 'id' | 'filter'>[]): Promise<ViewCount[]> {
    if (views.length === 0) return [];
    const parameters: unknown[] = [];
    const each = views.map(({ id, filter }) => {
      const key = new Where(parameters).parameter(id);
      return `select ${key}::uuid as view, (${countSql(viewer, filter, parameters)}) as cases`;
    });
    const rows: { view: string; cases: number }[] = await this.dataSource.query(each.join(' union all '), parameters);
    return rows.map(({ view, cases }) => ({ view, count: countOf(cases) }));
  }

  /** The views an operator sees, for whoever counts them again and again. */
  rows({ administrationId, id, officeId }: Viewer, only: string | undefined = undefined): Promise<Row[]> {
    return this.dataSource.query(
      `select ${COLUMNS} from saved_view v join operator p on p.id = v.owner_id
       where ${SEEN} and ($4::uuid is null or v.id = $4)
       order by (v.owner_id = $2) desc, v.position, v.name, v.id limit ${MAX_SHOWN}`,
      [administrationId, id, officeId, only ?? null],
    );
  }

  async keep(manager: EntityManager, operator: Asking, id: string, asked: SaveView): Promise<object | Refused> {
    const sharedWith = asked.sharedWith ?? 'nobody';
    const no = (await this.roles.notShared(operator, sharedWith)) ?? (await strange(manager, operator, asked.filter));
    if (no) return no;
    const inserted: unknown[] = await manager.query(
      `insert into saved_view (id, administration_id, owner_id, office_id, name, filter, shared_with, position)
       select $1, $2, $3, $4, $5, $6, $7, coalesce($8::int, 1 + (select coalesce(max(position), 0) from saved_view where owner_id = $3))
       where (select count(*) from saved_view where owner_id = $3) < ${MAX_OWN} returning id`,
      [
        id,
        operator.administrationId,
        operator.id,
        operator.officeId,
        asked.name,
        JSON.stringify(asked.filter),
        sharedWith,
        asked.position ?? null,
      ],
    );
    return inserted.length === 0 ? refused('not-allowed', `Nobody keeps more than ${MAX_OWN} views.`) : { id };
  }

  async change(manager: EntityManager, operator: Asking, id: string, asked: ChangeView): Promise<object | Refused> {
    const no =
      (await this.roles.notShared(operator, asked.sharedWith)) ??
      (asked.filter && (await strange(manager, operator, asked.filter))) ??
      (await notTheirs(manager, operator, id));
    if (no) return no;
    await manager.query(
      `update saved_view set name = coalesce($2, name), filter = coalesce($3, filter), shared_with = coalesce($4, shared_with),
         position = coalesce($5, position), office_id = $6 where id = $1`,
      [
        id,
        asked.name ?? null,
        asked.filter ? JSON.stringify(asked.filter) : null,
        asked.sharedWith ?? null,
        asked.position ?? null,
        operator.officeId,
      ],
    );
    return { id };
  }

  async remove(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const no = await notTheirs(manager, operator, id);
    if (no) return no;
    await manager.query('delete from saved_view where id = $1', [id]);
    return { id };
  }
}

/** Whether a filter names what is not of the administration. */
async function strange(manager: EntityManager, operator: Asking, filter: CaseFilter): Promise<Refused | undefined> {
  const { office, assignee, category, contact } = filter;
  const no = await notOurs(manager, operator, { office, assignee, category, contact }, { ended: true });
  return (
    no && { ...no, errors: (no.errors ?? []).map(({ pointer, detail }) => ({ pointer: `/filter${pointer}`, detail })) }
  );
}

/** Whoever sees a view may read it; only its owner changes it. */
async function notTheirs(manager: EntityManager, operator: Asking, id: string): Promise<Refused | undefined> {
  const rows: { owner_id: string }[] = await manager.query(
    `select v.owner_id from saved_view v where ${SEEN} and v.id = $4 for update`,
    [operator.administrationId, operator.id, operator.officeId, id],
  );
  const [view] = rows;
  if (!view) return refused('not-found', 'There is no such view.');
  return view.owner_id === operator.id ? undefined : refused('not-allowed', 'Only its owner changes a view.');
}

const viewOf = (row: Row, viewer: Viewer, count: FoundCount | undefined): SavedView => ({
  id: row.id,
  name: row.name,
  filter: row.filter,
  sharedWith: row.shared_with,
  owner: { id: row.owner_id, name: row.owner_name },
  mine: row.owner_id === viewer.id,
  position: row.position,
  count: count ?? { cases: 0, more: false },
});
