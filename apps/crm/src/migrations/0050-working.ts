import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What an administration decides for itself; without a row, what is shipped.
  `create table administration_setting (
    administration_id uuid primary key references office,
    reopen_days smallint not null default 30 check (reopen_days between 0 and 3650),
    version integer not null default 1,
    updated_at timestamptz not null default now()
  )`,
  `create table template (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    language text not null,
    name text not null,
    purpose text not null check (purpose in ('reply', 'outcome', 'notification')),
    outcome text,
    outcome_reason text,
    text text not null,
    short_text text,
    version integer not null default 1,
    retired_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    updated_by uuid references operator,
    unique (administration_id, code, language),
    check ((purpose = 'outcome') = (outcome is not null)),
    check (outcome_reason is null or outcome is not null)
  )`,
  `create index template_list on template (administration_id, created_at desc, id desc)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on administration_setting, template to filodiretto_app;
    end if;
  end $$`,
];

/** What offices work with: texts ready to be sent, and what an administration decides for itself. */
export class Working0050 implements MigrationInterface {
  readonly name = 'Working1700000000050';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
