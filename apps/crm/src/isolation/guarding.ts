import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { MACHINE_ROLE, PEOPLE_ROLE } from './roles.js';
import { ruleOf, statementsOf } from './rules.js';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Fingerprint of the rule that holds; absent: none does. */
  readonly held: string | null;
}

const TABLES = `select c.relname as name,
    array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    case when c.relrowsecurity and c.relforcerowsecurity then (
      select obj_description(p.oid, 'pg_policy') from pg_policy p where p.polrelid = c.oid and p.polname = 'owner') end as held
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;

const SEQUENCES = `do $$ declare s record; begin
  for s in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
    and relname not like 'case\\_number\\_%' and relname <> 'migrations_id_seq' loop
    execute format('grant usage on sequence %s to ${PEOPLE_ROLE}, ${MACHINE_ROLE}', s.name);
  end loop;
end $$`;

/**
 * Puts every table under its rule, where it is not yet: row-level security, forced, and what each role may. Throws when nobody said
 * whose the rows of a table are. To be called as the owner, under the migrations' lock, after the last migration.
 */
export async function guardTables(dataSource: DataSource): Promise<void> {
  const tables: Table[] = await dataSource.query(TABLES);
  const changed = tables.flatMap(({ name, columns, held }) => {
    const rule = ruleOf(name, columns);
    if (!rule) throw new Error(`the table ${name} has no administration_id, and no rule in isolation/rules.ts`);
    const all = statementsOf(name, rule);
    const fingerprint = createHash('sha256').update(all.join('\n')).digest('hex').slice(0, 16);
    return held === fingerprint ? [] : [...all, `comment on policy owner on ${name} is '${fingerprint}'`];
  });
  if (changed.length === 0) return;
  const statements = [
    ...changed,
    // Of rules before: what it said stands in them now.
    'drop function if exists sees_case(case_file)',
    `revoke create on schema public from public, ${PEOPLE_ROLE}, ${MACHINE_ROLE}`,
    `grant usage on schema public to ${PEOPLE_ROLE}, ${MACHINE_ROLE}`,
    `revoke all on all sequences in schema public from ${PEOPLE_ROLE}, ${MACHINE_ROLE}`,
    SEQUENCES,
  ];
  await dataSource.transaction(manager => manager.query(statements.join(';\n')));
}
