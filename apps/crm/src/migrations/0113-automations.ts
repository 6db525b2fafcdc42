import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table automation (
    id uuid primary key,
    administration_id uuid not null references office,
    owner_id uuid not null references operator,
    name text not null,
    facts text[] not null,
    quiet_hours integer check (quiet_hours > 0),
    conditions jsonb not null,
    actions jsonb not null,
    enabled boolean not null,
    failures integer not null default 0,
    trouble text,
    off_at timestamptz,
    check ((quiet_hours is null) = (facts <> '{}'))
  )`,
  `create index automation_administration on automation (administration_id)`,
  // At most once for each rule and what set it off.
  `create table automation_run (
    id uuid primary key,
    automation_id uuid not null references automation on delete cascade,
    trigger text not null,
    case_id uuid not null references case_file,
    chain uuid[] not null,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'refused')),
    detail text,
    at timestamptz not null default now(),
    unique (automation_id, trigger)
  )`,
  `create index automation_run_waiting on automation_run (id) where state = 'waiting'`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on automation, automation_run to filodiretto_app;
    end if;
  end $$`,
  `insert into journal_reader (name, administration_id, xid, position)
   select 'automation', id, pg_snapshot_xmin(pg_current_snapshot()), 0 from office where kind = 'administration'`,
];

/** Rules that act on cases by themselves. */
export class Automations0113 implements MigrationInterface {
  readonly name = 'Automations1700000000113';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
