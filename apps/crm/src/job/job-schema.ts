import { Logger, runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** What the job library logs of itself; what becomes of a job, `Jobs` says. */
export const SILENT = new Logger(() => () => undefined);

const listening = new WeakSet<Pool>();

/** The connections that TypeORM keeps. One that breaks is told by the query that meets it, not by an exception of nobody's. */
export function poolOf(dataSource: DataSource): Pool {
  const pool = (dataSource.driver as unknown as { readonly master: Pool }).master;
  if (!listening.has(pool)) {
    listening.add(pool);
    pool.on('connect', client => client.on('error', () => undefined));
  }
  return pool;
}

// Its tables admit their owner alone: the role that owns nothing needs a policy beside the grant.
const GRANTS = `do $$ declare t record; begin
  if exists (select from pg_roles where rolname = 'filodiretto_app')
    and exists (select from pg_namespace where nspname = 'graphile_worker' and pg_has_role(nspowner, 'usage')) then
    grant usage on schema graphile_worker to filodiretto_app;
    grant select on all tables in schema graphile_worker to filodiretto_app;
    grant usage, select on all sequences in schema graphile_worker to filodiretto_app;
    grant execute on all functions in schema graphile_worker to filodiretto_app;
    for t in select tablename from pg_tables where schemaname = 'graphile_worker' and tablename like '\\_private\\_%' loop
      execute format('grant insert, update, delete on graphile_worker.%I to filodiretto_app', t.tablename);
      if not exists (select from pg_policies where schemaname = 'graphile_worker' and tablename = t.tablename and policyname = 'filodiretto_app') then
        execute format('create policy filodiretto_app on graphile_worker.%I to filodiretto_app using (true) with check (true)', t.tablename);
      end if;
    end loop;
  end if;
end $$`;

/** Brings the tables of jobs up to date, and lets the role that owns nothing use them. To be called under the migrations' lock. */
export async function migrateJobs(dataSource: DataSource): Promise<void> {
  await runMigrations({ pgPool: poolOf(dataSource), logger: SILENT });
  await dataSource.query(GRANTS);
}
