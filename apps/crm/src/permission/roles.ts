import { Inject, Injectable } from '@nestjs/common';
import type { ChangeRole, RoleView, Sharing } from '@filodiretto/contracts';
import { ROLES, type Permission, type Reach } from '@filodiretto/contracts/model';
import { permissionsOf, reachOf, type RoleReach } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { MachineDataSource } from '../data-source.js';
import { Fresh } from '../fresh.js';
import type { Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { refused, type Refused } from '../refused.js';

interface Row {
  readonly role: string;
  readonly permissions: Permission[];
  readonly version: number;
  readonly reach: Reach | null;
  readonly upToTier: number | null;
}
interface Book {
  readonly rows: ReadonlyMap<string, Row>;
}

/** What was decided holds everywhere after so long. */
const FRESH_MS = 2_000;

/** What the roles of each administration may do: as shipped, or as it decided. */
@Injectable()
export class Roles {
  private readonly books = new Fresh<Book>(FRESH_MS, id => this.read(this.dataSource.manager, id));

  constructor(@Inject(MachineDataSource) private readonly dataSource: MachineDataSource) {}

  /** Whether somebody may; what was decided elsewhere in the last two seconds may not be known yet. */
  async may(
    { administrationId, role }: Pick<Asking, 'administrationId' | 'role'>,
    permission: Permission,
  ): Promise<boolean> {
    return (await this.permissions({ administrationId, role })).has(permission);
  }

  /** Everything that a role may do, as far as was decided two seconds ago. */
  async permissions({
    administrationId,
    role,
  }: Pick<Asking, 'administrationId' | 'role'>): Promise<ReadonlySet<Permission>> {
    return allowed(await this.books.get(administrationId), role);
  }

  /** How far a role sees, as far as was decided two seconds ago. */
  async reach({ administrationId, role }: Pick<Asking, 'administrationId' | 'role'>): Promise<RoleReach> {
    return reaching(await this.books.get(administrationId), role);
  }

  /** The refusal of whoever may not share with the whole administration; `undefined` for who may, and for what is not shared so. */
  async notShared(operator: Asking, sharedWith: Sharing | undefined): Promise<Refused | undefined> {
    return sharedWith !== 'administration' || (await this.may(operator, 'share'))
      ? undefined
      : refused('not-allowed', 'Sharing with the whole administration needs the permission share.');
  }

  /** The refusal of whoever would give, or take in hand, a role that may do what they may not; `undefined`: they may. */
  async whyNotGive(
    { administrationId, role }: Pick<Asking, 'administrationId' | 'role'>,
    given: readonly string[],
    manager = this.dataSource.manager,
  ): Promise<Refused | undefined> {
    const book = await this.read(manager, administrationId);
    const own = allowed(book, role);
    const far = reaching(book, role);
    const more = given.find(
      one => [...allowed(book, one)].some(permission => !own.has(permission)) || isFurther(reaching(book, one), far),
    );
    return more === undefined
      ? undefined
      : refused(
          'not-allowed',
          `The role ${more} may do what yours may not: who has it is not yours to make or change.`,
        );
  }

  async list({ administrationId }: Pick<Asking, 'administrationId'>): Promise<RoleView[]> {
    const book = await this.read(this.dataSource.manager, administrationId);
    return ROLES.map(role => {
      const row = book.rows.get(role);
      const { reach, upToTier } = reaching(book, role);
      return {
        role,
        permissions: [...allowed(book, role)],
        reach,
        ...present({ upToTier }),
        decided: row !== undefined,
        version: row?.version ?? 1,
      };
    });
  }

  async one(operator: Pick<Asking, 'administrationId'>, role: string): Promise<RoleView | undefined> {
    return (await this.list(operator)).find(one => one.role === role);
  }

  /** Decides, from the version that was seen. Nobody takes from who administers what gives it back. */
  async change(
    manager: EntityManager,
    { administrationId }: Asking,
    { role, expectedVersion }: { readonly role: string; readonly expectedVersion: number },
    { permissions, reach, upToTier }: ChangeRole,
  ): Promise<object | Refused> {
    if (!ROLES.some(known => known === role)) return refused('not-found', 'There is no such role.');
    if (role === 'admin' && !permissions.includes('role.write'))
      return refused('not-allowed', 'Who administers decides about roles: nobody could give it back.');
    await manager.query('select from office where id = $1 for update', [administrationId]);
    const version = (await this.read(manager, administrationId)).rows.get(role)?.version ?? 1;
    if (expectedVersion !== version)
      return refused('version-stale', `The role is at version ${version}, not ${expectedVersion}.`);
    await manager.query(
      `insert into role_permission (administration_id, role, permissions, version, reach, up_to_tier)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (administration_id, role) do update set permissions = excluded.permissions, version = excluded.version,
         reach = coalesce(excluded.reach, role_permission.reach),
         up_to_tier = case when excluded.reach is null then role_permission.up_to_tier else excluded.up_to_tier end`,
      [administrationId, role, permissions, version + 1, reach ?? null, upToTier ?? null],
    );
    return {};
  }

  /** What was decided is read again by whoever asks next. */
  forget(administrationId: string): void {
    this.books.forget(administrationId);
  }

  private async read(manager: EntityManager, administrationId: string): Promise<Book> {
    const rows: Row[] = await manager.query(
      'select role, permissions, version, reach, up_to_tier as "upToTier" from role_permission where administration_id = $1',
      [administrationId],
    );
    return { rows: new Map(rows.map(row => [row.role, row])) };
  }
}

const allowed = ({ rows }: Book, role: string): ReadonlySet<Permission> =>
  permissionsOf(role, Object.fromEntries([...rows].map(([name, { permissions }]) => [name, permissions])));

const reaching = ({ rows }: Book, role: string): RoleReach => reachOf(role, rows.get(role));

/** Whether one role sees what another may not. */
const isFurther = (one: RoleReach, other: RoleReach): boolean =>
  (one.reach === 'administration' && other.reach !== 'administration') ||
  (other.upToTier !== null && (one.upToTier === null || one.upToTier > other.upToTier));
