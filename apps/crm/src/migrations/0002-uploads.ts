import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table upload (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    sha256 text not null,
    size bigint not null,
    media_type text not null,
    filename text not null,
    created_at timestamptz not null default now()
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on upload to filodiretto_app;
    end if;
  end $$`,
];

/** What operators bring to send with a reply. */
export class Uploads0002 implements MigrationInterface {
  readonly name = 'Uploads1700000000002';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
