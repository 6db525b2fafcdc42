import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // How far the clock of tests and of the demonstration runs ahead; zero, for ever, wherever real people wait.
  `create table clock (
    sole boolean primary key default true check (sole),
    ahead interval not null default interval '0' check (ahead >= interval '0')
  )`,
  `insert into clock default values`,
  // The time by which terms and leases are judged: the database's, moved by the tests' clock.
  `create function clock_now() returns timestamptz language sql stable parallel safe
   as 'select now() + (select ahead from clock)'`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select on clock to filodiretto_app;
    end if;
  end $$`,
];

/** A clock that tests can move. */
export class Clock0020 implements MigrationInterface {
  readonly name = 'Clock1700000000020';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
