import { Inject, Injectable } from '@nestjs/common';
import type { CaseActions, MacroView, Sharing, WriteMacro } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { refused, type Refused } from '../refused.js';
import { Roles } from '../permission/roles.js';
import { Performing } from './performing.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly actions: CaseActions;
  readonly shared_with: Sharing;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly version: number;
}

/** Macros that one operator may own, and that one list shows. */
const MAX_OWN = 200;
const MAX_SHOWN = 1_000;
const SEEN = `m.administration_id = $1 and (m.owner_id = $2 or m.shared_with = 'administration' or (m.shared_with = 'office' and m.office_id = $3))`;
const NOT_FOUND = refused('not-found', 'There is no such macro.');

/** Named sets of changes, one's own and those that others share. */
@Injectable()
export class Macros {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Performing) private readonly performing: Performing,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  /** Everything an operator sees: first their own, then what is shared with them. */
  async list(operator: Asking): Promise<MacroView[]> {
    return (await this.rows(this.dataSource.manager, operator)).map(row => viewOf(row, operator));
  }

  /** One of them; `undefined` when the operator sees none of this id. */
  async one(operator: Asking, id: string, manager = this.dataSource.manager): Promise<MacroView | undefined> {
    const [row] = await this.rows(manager, operator, id);
    return row && viewOf(row, operator);
  }

  async keep(manager: EntityManager, operator: Asking, id: string, asked: WriteMacro): Promise<object | Refused> {
    const no =
      (await this.roles.notShared(operator, asked.sharedWith)) ??
      (await this.performing.strange(manager, operator, asked.actions));
    if (no) return no;
    const kept: unknown[] = await manager.query(
      `insert into macro (id, administration_id, owner_id, office_id, name, actions, shared_with)
       select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from macro where owner_id = $3) < ${MAX_OWN} returning id`,
      [
        id,
        operator.administrationId,
        operator.id,
        operator.officeId,
        asked.name,
        JSON.stringify(asked.actions),
        asked.sharedWith ?? 'nobody',
      ],
    );
    return kept.length > 0 ? { id } : refused('not-allowed', `Nobody keeps more than ${MAX_OWN} macros.`);
  }

  async change(
    manager: EntityManager,
    operator: Asking,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    asked: WriteMacro,
  ): Promise<object | Refused> {
    const no =
      (await this.roles.notShared(operator, asked.sharedWith)) ??
      (await this.notTheirs(manager, operator, id, expectedVersion)) ??
      (await this.performing.strange(manager, operator, asked.actions));
    if (no) return no;
    await manager.query(
      `update macro set name = $2, actions = $3, shared_with = $4, office_id = $5, version = version + 1 where id = $1`,
      [id, asked.name, JSON.stringify(asked.actions), asked.sharedWith ?? 'nobody', operator.officeId],
    );
    return { id };
  }

  async remove(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const no = await this.notTheirs(manager, operator, id);
    if (no) return no;
    await manager.query('delete from macro where id = $1', [id]);
    return { id };
  }

  /** Whoever sees a macro may apply it; only its owner changes it. */
  private async notTheirs(
    manager: EntityManager,
    operator: Asking,
    id: string,
    expectedVersion?: number,
  ): Promise<Refused | undefined> {
    await manager.query('select from macro where id = $1 for update', [id]);
    const [row] = await this.rows(manager, operator, id);
    if (!row) return NOT_FOUND;
    if (row.owner_id !== operator.id) return refused('not-allowed', 'Only its owner changes a macro.');
    return expectedVersion === undefined || expectedVersion === row.version
      ? undefined
      : refused('version-stale', `The macro is at version ${row.version}, not ${expectedVersion}.`);
  }

  private rows(manager: EntityManager, operator: Asking, only?: string): Promise<Row[]> {
    return manager.query(
      `select m.id, m.name, m.actions, m.shared_with, m.owner_id, p.name as owner_name, m.version
       from macro m join operator p on p.id = m.owner_id where ${SEEN} and ($4::uuid is null or m.id = $4)
       order by (m.owner_id = $2) desc, m.name, m.id limit ${MAX_SHOWN}`,
      [operator.administrationId, operator.id, operator.officeId, only ?? null],
    );
  }
}

const viewOf = (row: Row, operator: Asking): MacroView => ({
  id: row.id,
  name: row.name,
  actions: row.actions,
  sharedWith: row.shared_with,
  owner: { id: row.owner_id, name: row.owner_name },
  mine: row.owner_id === operator.id,
  version: row.version,
});
