import { Inject, Injectable } from '@nestjs/common';
import { grantsIn, type Grants } from '@filodiretto/domain';
import type { Role } from '@filodiretto/contracts/model';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { LOG } from '../log.js';
import { LockedTree } from '../office/locked-tree.js';
import { isLastAdministrator } from '../operator/operators.js';
import { CrmSettings } from '../settings.js';
import { Trail } from '../trail/trail.js';

interface Now {
  readonly role: Role;
  readonly ownRole: Role | null;
  readonly officeId: string;
  readonly claimed: readonly { readonly office: string; readonly role: string }[];
  /** Offices that are theirs by our own assignment. */
  readonly own: readonly string[];
}
interface Place {
  readonly office: string;
  readonly role: string;
  readonly tier: number;
}

/**
 * Roles and offices that claims of the identity provider give. They come and go with the claims, at each login; what was assigned
 * here stays, beneath them.
 */
@Injectable()
export class Claimed {
  constructor(
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Gives what the claims of a login give, and takes back what they gave before. Nothing is written when nothing changes. */
  async apply(
    manager: EntityManager,
    operator: { readonly id: string; readonly administrationId: string },
    claims: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const rules = this.settings.oidcGrants;
    const now = await nowOf(manager, operator.id);
    if (rules.length === 0 && now.ownRole === null && now.claimed.length === 0) return;
    const grants = grantsIn<Role>(claims, rules);
    const tree = await LockedTree.open(manager, operator.administrationId);
    const before = await nowOf(manager, operator.id);
    const fields = [
      ...(await this.role(tree, operator.id, before, grants)),
      ...(await this.places(tree, operator.id, before, grants)),
    ];
    if (fields.length === 0) return;
    await manager.query('update operator set version = version + 1 where id = $1', [operator.id]);
    await this.trail.write(manager, {
      operator,
      operation: 'applyClaims',
      act: 'changed',
      subjectKind: 'operators',
      subjectId: operator.id,
      fields,
    });
  }

  private async role(tree: LockedTree, id: string, { role, ownRole }: Now, grants: Grants<Role>): Promise<string[]> {
    const own = ownRole ?? role;
    const [next, beneath] = grants.role === undefined ? [own, null] : [grants.role, own];
    if (next === role && beneath === ownRole) return [];
    if (role === 'admin' && next !== 'admin' && (await isLastAdministrator(tree, id))) {
      this.log.warn({ operator: id }, 'the claims of the last administrator would take their role: it stays');
      return [];
    }
    await tree.manager.query('update operator set role = $2, own_role = $3 where id = $1', [id, next, beneath]);
    return ['role'];
  }

  private async places(tree: LockedTree, id: string, before: Now, grants: Grants<Role>): Promise<string[]> {
    const wanted = grants.offices.flatMap(({ office: code, role }): Place[] => {
      const office = tree.byCode(code);
      if (!office?.active) {
        this.log.warn({ office: code }, 'a claim names an office that is not there');
        return [];
      }
      if (before.own.includes(office.id)) return [];
      return [{ office: office.id, role: role ?? before.ownRole ?? before.role, tier: office.tier }];
    });
    const shape = (places: readonly Pick<Place, 'office' | 'role'>[]): string =>
      JSON.stringify(places.map(({ office, role }) => [office, role]).sort());
    if (shape(wanted) === shape(before.claimed)) return [];
    const { manager, administrationId } = tree;
    // The main office stays theirs whoever gave it.
    await manager.query('update membership set claimed = false where operator_id = $1 and office_id = $2', [
      id,
      before.officeId,
    ]);
    await manager.query('delete from membership where operator_id = $1 and claimed', [id]);
    await manager.query(
      `insert into membership (operator_id, office_id, administration_id, role, tier, claimed)
       select $1, u.office, $2, u.role, u.tier, true from unnest($3::uuid[], $4::text[], $5::int[]) u(office, role, tier)
       on conflict (operator_id, office_id) do nothing`,
      [id, administrationId, wanted.map(one => one.office), wanted.map(one => one.role), wanted.map(one => one.tier)],
    );
    return ['memberships'];
  }
}

async function nowOf(manager: EntityManager, id: string): Promise<Now> {
  const [row]: Now[] = await manager.query(
    `select o.role, o.own_role as "ownRole", o.office_id as "officeId",
       (select coalesce(json_agg(json_build_object('office', m.office_id, 'role', m.role)), '[]') from membership m
        where m.operator_id = o.id and m.claimed) as claimed,
       array(select m.office_id from membership m where m.operator_id = o.id and not m.claimed) as own
     from operator o where o.id = $1`,
    [id],
  );
  if (!row) throw new Error('who logged in is not there');
  return row;
}
