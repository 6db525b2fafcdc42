import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import type { Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { LockedTree } from '../office/locked-tree.js';
import { FIRST_ROLE } from './provisioning.js';
import type { LookedUp } from './scim-look-up.js';
import { ScimFault } from './scim.js';

/** An office as SCIM sees it: a group of those who belong to it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** Its code in the organisation. */
  readonly code: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

/** Programs belong to offices without being members of the directory's groups. */
const IS_PERSON = (operator: string): string =>
  `not exists (select from operator_identity i where i.operator_id = ${operator} and i.client_id is not null)`;

/** Who belongs to which office, as a directory says it. What an office is, and who does what in it, is decided here. */
@Injectable()
export class Groups {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  /** Active offices by name, or the one of this id. Without `members`, these are left out. */
  async list(
    administrationId: string,
    filter: LookedUp,
    page: { readonly from: number; readonly count: number; readonly members: boolean },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<{ readonly total: number; readonly items: Group[] }> {
    const rows: (Group & { readonly total: number })[] = await manager.query(
      `with found as (
         select o.id, o.name, o.code from office o
         where o.administration_id = $1 and o.active and ($2::uuid is null or o.id = $2)
           and ($6::text is null or o.code = $6)),
       shown as (select found.*, count(*) over ()::int as total from found order by name, code offset $3 limit $4)
       select s.id, s.name, s.code, s.total, case when $5 then (
         select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.code), '[]')
         from membership m join operator p on p.id = m.operator_id and p.active
         where m.office_id = s.id and ${IS_PERSON('p.id')}) else '[]' end as members
       from shown s order by s.name, s.code`,
      [administrationId, filter.id ?? null, page.from - 1, page.count, page.members, filter.externalId ?? null],
    );
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map(({ id, name, code, members }) => ({ id, name, code, members })),
    };
  }

  async one(administrationId: string, id: string, members = true, manager?: EntityManager): Promise<Group> {
    const { items } = await this.list(administrationId, { id }, { from: 1, count: 1, members }, manager);
    const [found] = items;
    if (!found) throw new ScimFault(404, undefined, 'There is no such group.');
    return found;
  }

  /** Writes who belongs to an office; `change` makes it from who does now. Whoever comes to it does the least there. */
  async write(
    { administrationId }: Asking,
    id: string,
    change: (now: ReadonlySet<string>, group: Group) => ReadonlySet<string>,
  ): Promise<Group> {
    await this.work.run(async manager => {
      const tree = await LockedTree.open(manager, administrationId);
      const group = await this.one(administrationId, id, true, manager);
      const before = new Set(group.members.map(one => one.id));
      const after = change(before, group);
      const come = [...after].filter(one => !before.has(one));
      const gone = [...before].filter(one => !after.has(one));
      await this.come(manager, tree, id, come);
      await this.go(manager, id, gone);
      await manager.query('update operator set version = version + 1 where id = any($1::uuid[])', [[...come, ...gone]]);
      return { id };
    });
    return this.one(administrationId, id);
  }

  private async come(
    manager: EntityManager,
    { administrationId, offices }: LockedTree,
    office: string,
    operators: readonly string[],
  ): Promise<void> {
    const there: { id: string }[] = await manager.query(
      `select o.id from operator o where o.administration_id = $1 and o.id = any($2::uuid[]) and o.active and ${IS_PERSON('o.id')}`,
      [administrationId, operators],
    );
    const known = new Set(there.map(({ id }) => id));
    const stranger = operators.find(id => !known.has(id));
    if (stranger !== undefined) throw new ScimFault(400, 'invalidValue', `There is no active user ${stranger}.`);
    const tier = offices.get(office)?.tier ?? 1;
    await insertAll(
      manager,
      'membership',
      operators.map(operatorId => ({ operatorId, officeId: office, administrationId, role: FIRST_ROLE, tier })),
      { ifAbsent: 'operator_id, office_id' },
    );
  }

  private async go(manager: EntityManager, office: string, operators: readonly string[]): Promise<void> {
    const mainly: { code: string }[] = await manager.query(
      'select code from operator where id = any($1::uuid[]) and office_id = $2 order by code limit 1',
      [operators, office],
    );
    const [stays] = mainly;
    if (stays)
      throw new ScimFault(400, 'mutability', `It is the main office of ${stays.code}: give them another one first.`);
    await manager.query('delete from membership where office_id = $1 and operator_id = any($2::uuid[])', [
      office,
      operators,
    ]);
  }
}
