import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The office that the citizen of a case was last told has their matter.
  `create table told_office (
    case_id uuid primary key references case_file,
    office_id uuid not null references office,
    at timestamptz not null
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on told_office to filodiretto_app;
    end if;
  end $$`,
];

/** Which office a citizen was last told of. */
export class ToldOffices0135 implements MigrationInterface {
  readonly name = 'ToldOffices1700000000135';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
