import { Logger, runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { MACHINE_ROLE, PEOPLE_ROLE } from '../isolation/roles.js';

/** What the job library logs of itself; what becomes of a job, `Jobs` says. */
export const SILENT = new Logger(() => () => undefined);

const listening = new WeakSet<object>();

/** The connections that TypeORM keeps. One that breaks is told by the query that meets it, not by an exception of nobody's. */
export function poolOf(dataSource: DataSource): Pool {
  const pool = (dataSource.driver as unknown as { readonly master: Pool }).master;
  if (!listening.has(pool)) {
    listening.add(pool);
    const hear = (client: PoolClient): void => {
      if (listening.has(client)) return;
      listening.add(client);
      client.on('error', () => undefined);
    };
    // As it is made, which the job library asks for; and as it is lent: some were made before anybody asked for the pool.
    pool.on('connect', hear).on('acquire', hear);
  }
  return pool;
}

// Its tables admit their owner alone: the role that runs jobs needs a policy beside the grant. People add and take back jobs with
// their transaction, and see none: two functions of the owner do that for them.
const GRANTS = `do $$ declare t record; begin
  if exists (select from pg_namespace where nspname = 'graphile_worker' and pg_has_role(nspowner, 'usage')) then
    revoke all on all tables in schema graphile_worker from ${PEOPLE_ROLE};
    revoke all on all sequences in schema graphile_worker from ${PEOPLE_ROLE};
    revoke all on schema graphile_worker from ${PEOPLE_ROLE};
    grant usage on schema graphile_worker to ${MACHINE_ROLE};
    grant select on all tables in schema graphile_worker to ${MACHINE_ROLE};
    grant usage, select on all sequences in schema graphile_worker to ${MACHINE_ROLE};
    revoke execute on all functions in schema graphile_worker from public, ${PEOPLE_ROLE};
    grant execute on all functions in schema graphile_worker to ${MACHINE_ROLE};
    for t in select tablename from pg_tables where schemaname = 'graphile_worker' and tablename like '\\_private\\_%' loop
      execute format('grant insert, update, delete on graphile_worker.%I to ${MACHINE_ROLE}', t.tablename);
      execute format('drop policy if exists ${PEOPLE_ROLE} on graphile_worker.%I', t.tablename);
      if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = t.tablename and policyname = '${MACHINE_ROLE}') then
        execute format('create policy ${MACHINE_ROLE} on graphile_worker.%I to ${MACHINE_ROLE} using (true) with check (true)', t.tablename);
      end if;
    end loop;
  end if;
end $$;
create or replace function add_jobs(specs json, attempts integer, keep boolean) returns bigint
  language sql security definer set search_path = public, pg_temp as $$
    select count(*) from graphile_worker.add_jobs(
      array(select row(j.name, j.payload, null, j.run_at, attempts, j.key, null, null)::graphile_worker.job_spec
            from json_to_recordset(specs) as j(name text, payload json, run_at timestamptz, key text)),
      keep) $$;
create or replace function remove_jobs(keys text[]) returns void
  language sql security definer set search_path = public, pg_temp as $$
    select graphile_worker.remove_job(k) from unnest(keys) k order by k $$;
revoke all on function add_jobs(json, integer, boolean), remove_jobs(text[]) from public;
grant execute on function add_jobs(json, integer, boolean), remove_jobs(text[]) to ${PEOPLE_ROLE}, ${MACHINE_ROLE}`;

/** Brings the tables of jobs up to date, and lets the role that owns nothing use them. To be called under the migrations' lock. */
export async function migrateJobs(dataSource: DataSource): Promise<void> {
  await runMigrations({ pgPool: poolOf(dataSource), logger: SILENT });
  await dataSource.query(GRANTS);
}
