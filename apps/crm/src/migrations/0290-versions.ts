import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  'alter table queue_setting add column version integer not null default 1',
  // What contacts weigh is decided as a whole: the whole has a version.
  `create table channel_weight_version (
    administration_id uuid primary key references office,
    version integer not null
  )`,
  `insert into channel_weight_version (administration_id, version)
   select distinct administration_id, 1 from channel_weight`,
  'alter table case_draft add column version integer not null default 1',
];

/** What two people, or two screens, may write at once has a version. */
export class Versions0290 implements MigrationInterface {
  readonly name = 'Versions1700000000290';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
