import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table macro (
    id uuid primary key,
    administration_id uuid not null references office,
    owner_id uuid not null references operator,
    office_id uuid not null references office,
    name text not null,
    actions jsonb not null,
    shared_with text not null check (shared_with in ('nobody', 'office', 'administration')),
    version integer not null default 1,
    created_at timestamptz not null default now()
  )`,
  `create index macro_owner on macro (owner_id)`,
  `create index macro_shared on macro (administration_id, shared_with) where shared_with <> 'nobody'`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on macro to filodiretto_app;
    end if;
  end $$`,
];

/** Named sets of changes. */
export class Macros0112 implements MigrationInterface {
  readonly name = 'Macros1700000000112';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
