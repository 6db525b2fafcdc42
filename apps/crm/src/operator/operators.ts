import { Inject, Injectable } from '@nestjs/common';
import type { FieldProblem, MakeOperator, WriteOperator } from '@filodiretto/contracts';
import { handOver } from '../case/handing-over.js';
import { Ledger } from '../case/ledger.js';
import { insertAll } from '../bulk.js';
import type { EndingBy } from '../office/ending.js';
import { staleness, type LockedTree } from '../office/locked-tree.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';

/** An operator as they are while their administration is being changed. */
export interface OperatorRow {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly active: boolean;
  readonly officeId: string;
}

const NO_OPERATOR = refused('not-found', 'There is no such operator.');
const LANGUAGE = /^[a-z]{2,3}$/;

/** Who works in an administration, and where they belong. Everything in the caller's transaction, on a tree that it locked. */
@Injectable()
export class Operators {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async make(tree: LockedTree, id: string, asked: MakeOperator): Promise<OperatorRow | Refused> {
    const { manager, administrationId } = tree;
    const taken: unknown[] = await manager.query('select from operator where administration_id = $1 and code = $2', [
      administrationId,
      asked.code,
    ]);
    const no = taken.length > 0 ? refusedField('/code', 'is the code of somebody else') : wrong(tree, asked);
    if (no) return no;
    await insertAll(manager, 'operator', [
      {
        id,
        administrationId,
        officeId: asked.office,
        code: asked.code,
        name: asked.name,
        role: asked.role,
        email: asked.email ?? null,
        phone: asked.phone ?? null,
        languages: languagesOf(asked),
        active: true,
        version: 1,
      },
    ]);
    await this.belong(tree, id, asked);
    return { id, code: asked.code, version: 1, active: true, officeId: asked.office };
  }

  /** All that is known of an operator; what is left out is cleared. */
  async write(
    tree: LockedTree,
    id: string,
    asked: WriteOperator,
    expectedVersion?: number,
  ): Promise<OperatorRow | Refused> {
    const before = await operatorAt(tree, id, expectedVersion);
    if (isRefused(before)) return before;
    const no =
      wrong(tree, asked, before.officeId) ??
      (await givenElsewhere(tree, id, asked)) ??
      (asked.role === 'admin' ? undefined : await lastAdministrator(tree, id));
    if (no) return no;
    const after = { ...before, officeId: asked.office, version: before.version + 1 };
    await tree.manager.query(
      `update operator set name = $2, role = $3, office_id = $4, email = $5, phone = $6, languages = $7, version = $8
       where id = $1`,
      [
        id,
        asked.name,
        asked.role,
        asked.office,
        asked.email ?? null,
        asked.phone ?? null,
        languagesOf(asked),
        after.version,
      ],
    );
    await this.belong(tree, id, asked);
    return after;
  }

  /**
   * Somebody leaves: they are let in no longer, and their open cases go back to the offices that hold them,
   * which are told by the journal. Refused while an office names them responsible.
   */
  async deactivate(tree: LockedTree, id: string, by: EndingBy): Promise<OperatorRow | Refused> {
    const before = await operatorAt(tree, id, by.expectedVersion);
    if (isRefused(before)) return before;
    if (!before.active) return before;
    if (id === by.operatorId)
      return refused('not-allowed', 'Nobody deactivates themselves: ask another administrator.');
    const last = await lastAdministrator(tree, id);
    if (last) return last;
    const { manager, administrationId } = tree;
    const led: { name: string }[] = await manager.query(
      'select name from office where active and (responsible_id = $1 or substitute_power_holder_id = $1) order by name',
      [id],
    );
    if (led.length > 0)
      return refused('office-in-use', `Name somebody else first in: ${led.map(({ name }) => name).join(', ')}.`);
    // Whoever is giving them a case at this moment is waited for.
    await manager.query('select from operator where id = $1 for update', [id]);
    const given = await handOver(manager, this.ledger, {
      administrationId,
      from: { assignee: id },
      by: { kind: 'operator', id: by.operatorId },
      why: `operator_left:${before.code}`,
      cause: by.cause,
    });
    if (isRefused(given)) return given;
    await manager.query('delete from office_substitute where operator_id = $1', [id]);
    return this.setActive(tree, before, false);
  }

  async activate(tree: LockedTree, id: string, expectedVersion?: number): Promise<OperatorRow | Refused> {
    const before = await operatorAt(tree, id, expectedVersion);
    if (isRefused(before)) return before;
    if (before.active) return before;
    if (!tree.offices.get(before.officeId)?.active)
      return refused('office-in-use', 'Their main office ended: give them another first.');
    return this.setActive(tree, before, true);
  }

  private async setActive(tree: LockedTree, before: OperatorRow, active: boolean): Promise<OperatorRow> {
    const after = { ...before, active, version: before.version + 1 };
    await tree.manager.query('update operator set active = $2, version = $3 where id = $1', [
      before.id,
      active,
      after.version,
    ]);
    if (!active) await tree.manager.query('delete from operator_session where operator_id = $1', [before.id]);
    return after;
  }

  private async belong(tree: LockedTree, operatorId: string, asked: WriteOperator): Promise<void> {
    const { manager, administrationId } = tree;
    const said = asked.memberships ?? [];
    const main = said.some(({ office }) => office === asked.office)
      ? []
      : [{ office: asked.office, role: asked.role, tier: tree.offices.get(asked.office)?.tier ?? 1 }];
    const memberships = [...main, ...said];
    await manager.query(
      'delete from membership where operator_id = $1 and not claimed and office_id <> all($2::uuid[])',
      [operatorId, memberships.map(({ office }) => office)],
    );
    await insertAll(
      manager,
      'membership',
      memberships.map(({ office, role, tier }) => ({ operatorId, officeId: office, administrationId, role, tier })),
      {
        ifAbsent: 'operator_id, office_id',
        otherwise: 'update set role = excluded.role, tier = excluded.tier where not membership.claimed',
      },
    );
  }
}

/** The operator of this id, when they are at the version that the change is meant for. */
export async function operatorAt(
  { manager, administrationId }: LockedTree,
  id: string,
  expectedVersion?: number,
): Promise<OperatorRow | Refused> {
  const rows: OperatorRow[] = await manager.query(
    `select id, code, version, active, office_id as "officeId" from operator where administration_id = $1 and id = $2`,
    [administrationId, id],
  );
  const [row] = rows;
  return row ? (staleness(row.version, expectedVersion) ?? row) : NO_OPERATOR;
}

/** What the identity provider gives is changed there: a role, and what somebody is in an office. */
async function givenElsewhere(
  { manager }: LockedTree,
  id: string,
  { role, memberships = [] }: WriteOperator,
): Promise<Refused | undefined> {
  const [row]: {
    role: string;
    claimed: boolean;
    places: readonly { readonly office: string; readonly role: string; readonly tier: number }[];
  }[] = await manager.query(
    `select o.role, o.own_role is not null as claimed,
       (select coalesce(json_agg(json_build_object('office', m.office_id, 'role', m.role, 'tier', m.tier)), '[]')
        from membership m where m.operator_id = o.id and m.claimed) as places
     from operator o where o.id = $1`,
    [id],
  );
  if (row?.claimed && row.role !== role)
    return refusedField('/role', 'comes from the identity provider: change it there');
  const index = memberships.findIndex(said =>
    row?.places.some(one => one.office === said.office && (one.role !== said.role || one.tier !== said.tier)),
  );
  return index < 0
    ? undefined
    : refusedField(`/memberships/${index}`, 'comes from the identity provider: change it there');
}

/** The role that an operator has, if there is one of this id. */
export async function rolesOf(
  { manager, administrationId }: Pick<LockedTree, 'manager' | 'administrationId'>,
  id: string,
): Promise<string[]> {
  const rows: { role: string }[] = await manager.query(
    'select role from operator where administration_id = $1 and id = $2',
    [administrationId, id],
  );
  return rows.map(({ role }) => role);
}

const languagesOf = ({ languages }: WriteOperator): string[] => [...new Set(languages)];

/** What is wrong with what is said of an operator. They may stay where they are, even when that office ended. */
function wrong({ offices }: LockedTree, asked: WriteOperator, stays?: string): Refused | undefined {
  const errors: FieldProblem[] = [];
  const usable = (office: string): boolean => (offices.get(office)?.active ?? false) || office === stays;
  if (!usable(asked.office)) errors.push({ pointer: '/office', detail: 'there is no active office of this id here' });
  for (const [index, language] of (asked.languages ?? []).entries())
    if (!LANGUAGE.test(language))
      errors.push({ pointer: `/languages/${index}`, detail: 'must be a language of ISO 639, as "it"' });
  const said = asked.memberships ?? [];
  for (const [index, { office }] of said.entries())
    if (!offices.has(office))
      errors.push({ pointer: `/memberships/${index}/office`, detail: 'there is none of this id here' });
    else if (said.findIndex(one => one.office === office) < index)
      errors.push({ pointer: `/memberships/${index}/office`, detail: 'is said twice' });
  return errors.length > 0 ? { ...refused('invalid-input', 'Some of it cannot be so.'), errors } : undefined;
}

/** The refusal to take their part from the only one who administers: nobody could give it back. */
async function lastAdministrator(tree: LockedTree, id: string): Promise<Refused | undefined> {
  return (await isLastAdministrator(tree, id))
    ? refused('not-allowed', 'Nobody else administers: make another administrator first.')
    : undefined;
}

/** Whether an operator is the only one who administers. */
export async function isLastAdministrator(tree: LockedTree, id: string): Promise<boolean> {
  const [row]: { last: boolean }[] = await tree.manager.query(
    `select bool_and(id = $2) as last from operator where administration_id = $1 and active and role = 'admin'`,
    [tree.administrationId, id],
  );
  return row?.last === true;
}
