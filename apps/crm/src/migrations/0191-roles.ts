import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What an administration decided that a role may do; without a row it is as shipped.
  `create table role_permission (
    administration_id uuid not null references office,
    role text not null,
    permissions text[] not null,
    version integer not null,
    primary key (administration_id, role)
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on role_permission to filodiretto_app;
    end if;
  end $$`,
];

/** Roles as data. */
export class Roles0191 implements MigrationInterface {
  readonly name = 'Roles1700000000191';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
