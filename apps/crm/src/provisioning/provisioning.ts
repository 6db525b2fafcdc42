import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Role, WriteOperator } from '@filodiretto/contracts';
import type { Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { IdentityProvider } from '../identity/identity-provider.js';
import { LockedTree } from '../office/locked-tree.js';
import { Operators, rolesOf } from '../operator/operators.js';
import { Roles } from '../permission/roles.js';
import { isRefused, type Refused } from '../refused.js';
import type { LookedUp } from './scim-look-up.js';
import { ScimFault, type ScimUser } from './scim.js';

/** Somebody as SCIM sees them. */
export interface Provisioned extends ScimUser {
  readonly id: string;
  readonly version: number;
}

interface Row {
  readonly id: string;
  readonly userName: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly active: boolean;
  readonly department: string;
  readonly version: number;
  readonly total: number;
}

interface Kept {
  readonly role: Role;
  readonly office: string;
  readonly languages: string[];
  readonly memberships: { office: string; role: Role; tier: number }[];
}

/** What who comes by provisioning is at first: what they may do is decided here, not there. */
export const FIRST_ROLE: Role = 'back_office_member';

/** Operators as a directory provisions them. `externalId` is the subject of their tokens. Role and office are of our own. */
@Injectable()
export class Provisioning {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Operators) private readonly operators: Operators,
    @Inject(Roles) private readonly roles: Roles,
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
  ) {}

  async list(
    administrationId: string,
    filter: LookedUp,
    page: { readonly from: number; readonly count: number },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<{ readonly total: number; readonly items: Provisioned[] }> {
    const rows: Row[] = await manager.query(
      `with found as (
         select o.id, o.code as "userName", i.subject as "externalId", o.name, o.email, o.phone, o.active,
           f.code as department, o.version
         from operator o join office f on f.id = o.office_id
         left join lateral (select subject from operator_identity i
           where i.operator_id = o.id and i.issuer = $2 and i.client_id is null order by linked_at, id limit 1) i on true
         where o.administration_id = $1
           and not exists (select from operator_identity p where p.operator_id = o.id and p.client_id is not null)
           and ($3::uuid is null or o.id = $3) and ($4::text is null or lower(o.code) = lower($4))
           and ($7::text is null or o.id in (select e.operator_id from operator_identity e where e.issuer = $2 and e.subject = $7)))
       select found.*, count(*) over ()::int as total from found order by "userName", id offset $5 limit $6`,
      [
        administrationId,
        this.provider.issuer,
        filter.id ?? null,
        filter.userName ?? null,
        page.from - 1,
        page.count,
        filter.externalId ?? null,
      ],
    );
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map(({ externalId, email, phone, ...row }) => ({
        ...row,
        externalId: externalId ?? undefined,
        email: email ?? undefined,
        phone: phone ?? undefined,
      })),
    };
  }

  async one(administrationId: string, id: string, manager?: EntityManager): Promise<Provisioned> {
    const { items } = await this.list(administrationId, { id }, { from: 1, count: 1 }, manager);
    const [found] = items;
    if (!found) throw new ScimFault(404, undefined, 'There is no such user.');
    return found;
  }

  async make(by: Asking, asked: ScimUser): Promise<Provisioned> {
    const id = v7();
    await this.work.run(async manager => {
      const tree = await LockedTree.open(manager, by.administrationId);
      const { items } = await this.list(
        by.administrationId,
        { userName: asked.userName },
        { from: 1, count: 1 },
        manager,
      );
      if (items.length > 0) throw new ScimFault(409, 'uniqueness', 'There is a user of this userName.');
      const office = tree.byCode(asked.department ?? '')?.id;
      if (office === undefined)
        throw new ScimFault(400, 'invalidValue', 'department is missing, or is not the code of an office.');
      done(
        await this.operators.make(tree, id, {
          code: asked.userName,
          name: asked.name,
          role: FIRST_ROLE,
          office,
          ...reached(asked),
        }),
      );
      await this.known(manager, by.administrationId, id, asked.externalId);
      if (!asked.active) done(await this.operators.deactivate(tree, id, { operatorId: by.id, cause: v7() }));
      return { id };
    });
    return this.one(by.administrationId, id);
  }

  /** Writes what SCIM knows of somebody; `change` makes it from what is known now. */
  async write(by: Asking, id: string, change: (now: Provisioned) => ScimUser): Promise<Provisioned> {
    await this.work.run(async manager => {
      const tree = await LockedTree.open(manager, by.administrationId);
      const now = await this.one(by.administrationId, id, manager);
      const asked = change(now);
      if (asked.userName.toLowerCase() !== now.userName.toLowerCase())
        throw new ScimFault(400, 'mutability', 'A userName never changes.');
      const written = done(
        await this.operators.write(tree, id, { ...(await kept(manager, id)), name: asked.name, ...reached(asked) }),
      );
      if (asked.externalId !== now.externalId) {
        await this.linkable(tree, id);
        await this.known(manager, by.administrationId, id, asked.externalId);
      }
      if (asked.active && !now.active) done(await this.operators.activate(tree, id));
      if (!asked.active && now.active)
        done(await this.operators.deactivate(tree, id, { operatorId: by.id, cause: v7() }));
      return written;
    });
    return this.one(by.administrationId, id);
  }

  /** Whoever may do more than who comes by provisioning is not made somebody else by it. */
  private async linkable(tree: LockedTree, id: string): Promise<void> {
    const { manager, administrationId } = tree;
    const more = await this.roles.whyNotGive({ administrationId, role: FIRST_ROLE }, await rolesOf(tree, id), manager);
    if (more)
      throw new ScimFault(403, undefined, 'An administrator links whoever may do more than a back office member.');
  }

  /** The subject of their tokens from now on, in place of that before. */
  private async known(
    manager: EntityManager,
    administrationId: string,
    operatorId: string,
    subject: string | undefined,
  ): Promise<void> {
    const { issuer } = this.provider;
    await manager.query(
      `with gone as (delete from operator_identity where operator_id = $1 and issuer = $2 and client_id is null returning subject)
       delete from operator_session s using gone where s.issuer = $2 and s.subject = gone.subject`,
      [operatorId, issuer],
    );
    if (subject === undefined) return;
    const made: unknown[] = await manager.query(
      `insert into operator_identity (id, administration_id, operator_id, issuer, subject, linked_by)
       values ($1, $2, $3, $4, $5, 'provisioning') on conflict (issuer, subject) do nothing returning id`,
      [v7(), administrationId, operatorId, issuer, subject],
    );
    if (made.length === 0) throw new ScimFault(409, 'uniqueness', 'This externalId is of somebody else.');
  }
}

const reached = ({ email, phone }: ScimUser): Pick<WriteOperator, 'email' | 'phone'> => ({
  ...(email === undefined ? {} : { email }),
  ...(phone === undefined ? {} : { phone }),
});

/** What SCIM does not know of them, and must not clear. */
async function kept(manager: EntityManager, id: string): Promise<Kept> {
  const [row]: Kept[] = await manager.query(
    `select o.role, o.office_id as office, o.languages,
       coalesce((select json_agg(json_build_object('office', m.office_id, 'role', m.role, 'tier', m.tier))
         from membership m where m.operator_id = o.id), '[]') as memberships
     from operator o where o.id = $1`,
    [id],
  );
  if (!row) throw new ScimFault(404, undefined, 'There is no such user.');
  return row;
}

/** A refusal as SCIM says it. */
function done<T extends object>(result: T | Refused): T {
  if (!isRefused(result)) return result;
  const said = result.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') ?? result.detail;
  throw new ScimFault(result.refused === 'not-found' ? 404 : 400, 'invalidValue', said);
}
