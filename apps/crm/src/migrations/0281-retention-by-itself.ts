import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Whether what has had its time goes every night without being asked; without a row it does not.
  `create table retention_schedule (
    administration_id uuid primary key references office,
    active boolean not null,
    most integer not null check (most between 1 and 100000),
    version integer not null check (version >= 1),
    decided_by uuid not null references operator,
    decided_at timestamptz not null
  )`,
  // A run of the system itself: whose night it is, and how much it takes at most.
  `alter table retention_run alter column asked_by drop not null`,
  `alter table retention_run add column night date`,
  `alter table retention_run add column most integer check (most > 0)`,
  `alter table retention_run add constraint retention_run_asked check ((asked_by is null) = (night is not null))`,
  `alter table retention_run add constraint retention_run_night unique (administration_id, night)`,
  // Since when the record of a delivery says nothing any more.
  `alter table reception_item add column forgotten_at timestamptz`,
  `create index reception_item_kept on reception_item (recorded_at) where forgotten_at is null`,
  `create index message_loose on message (administration_id, sent_at) where case_id is null and erased_at is null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update on retention_schedule to filodiretto_app;
    end if;
  end $$`,
];

/** What has had its time goes by itself, where an administration wants it. */
export class RetentionByItself0281 implements MigrationInterface {
  readonly name = 'RetentionByItself1700000000281';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
