import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What an administration decided of how long things are kept; without a row it is as shipped.
  `create table retention_policy (
    administration_id uuid not null references office,
    code text not null,
    months integer not null check (months between 0 and 1200),
    days integer not null check (days between 0 and 3650),
    duty boolean not null,
    legal_basis text not null,
    version integer not null,
    decided_by uuid not null references operator,
    decided_at timestamptz not null,
    primary key (administration_id, code),
    check (months + days > 0)
  )`,
  // Looked at first, then let run: what is over goes, a batch after the other.
  `create table retention_run (
    id uuid primary key,
    administration_id uuid not null references office,
    state text not null check (state in ('previewed', 'running', 'stopped', 'done')),
    preview jsonb not null,
    counts jsonb not null default '{}',
    by_day boolean not null default false,
    asked_by uuid not null references operator,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz
  )`,
  `create index retention_run_list on retention_run (administration_id, created_at desc, id desc)`,
  // Its time is over for a case, or for bytes, while the person stays.
  `alter table erasure alter column contact_id drop not null`,
  `alter table erasure add column case_id uuid references case_file`,
  `alter table erasure add column run_id uuid references retention_run`,
  `alter table erasure add constraint erasure_of check (num_nonnulls(contact_id, case_id) = 1 or run_id is not null)`,
  `create unique index erasure_case on erasure (case_id) where case_id is not null`,
  // Ended cases by when they ended: whose time is over is found without looking at the others.
  `create index case_file_ended on case_file (administration_id, ended_at) where ended_at is not null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update on retention_policy, retention_run to filodiretto_app;
    end if;
  end $$`,
];

/** How long things are kept. */
export class Retention0231 implements MigrationInterface {
  readonly name = 'Retention1700000000231';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
