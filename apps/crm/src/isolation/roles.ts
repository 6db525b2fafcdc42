import type { DataSource, EntityManager } from 'typeorm';

/** What the requests of people and programs run as. */
export const PEOPLE_ROLE = 'filodiretto_app';
/** What the core's own work runs as: intake, routing, jobs, the relay, sealing, letters. */
export const MACHINE_ROLE = 'filodiretto_machine';

const ROLES = [PEOPLE_ROLE, MACHINE_ROLE];
const ATTRIBUTES = 'nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/** What a person with more rights than the core runs once for a database whose owner may not make roles. */
const BY_HAND = [
  ...ROLES.map(role => `create role ${role} ${ATTRIBUTES};`),
  `grant ${ROLES.join(', ')} to <the login of DATABASE_URL>;`,
].join('\n  ');

/** The owner of the tables cannot make the roles, and they are not there. */
class RolesMissing extends Error {
  constructor(because: string, cause?: unknown) {
    super(`${because} Run this once as a superuser, then start again:\n  ${BY_HAND}`, { cause });
  }
}

/** Makes both roles unless the cluster has them. Throws `RolesMissing`, with what to run by hand, when that is not allowed. */
export async function ensureRoles(dataSource: DataSource): Promise<void> {
  const found: { name: string; mighty: boolean }[] = await dataSource.query(
    'select rolname as name, rolsuper or rolbypassrls or rolcanlogin as mighty from pg_roles where rolname = any($1::text[])',
    [ROLES],
  );
  const mighty = found.find(role => role.mighty);
  if (mighty)
    throw new RolesMissing(`The role ${mighty.name} may log in, or is above row-level security: it must not.`);
  for (const role of ROLES.filter(name => !found.some(one => one.name === name))) {
    try {
      // Another database of the cluster may be made at the same moment.
      await dataSource.query(
        `do $$ begin create role ${role} ${ATTRIBUTES}; exception when duplicate_object or unique_violation then null; end $$`,
      );
    } catch (fault) {
      throw new RolesMissing(`PostgreSQL has no role ${role}, and the owner of the tables may not make it.`, fault);
    }
  }
}

/** Whether the login of these sessions could do more than their role may, by putting the role down. */
export async function loginIsMighty(manager: EntityManager): Promise<boolean> {
  const [row]: { mighty: boolean }[] = await manager.query(
    `select r.rolsuper or r.rolbypassrls or exists (
       select from pg_class c where c.relnamespace = 'public'::regnamespace and pg_has_role(r.oid, c.relowner, 'member')) as mighty
     from pg_roles r where r.rolname = session_user`,
  );
  return row?.mighty ?? true;
}
