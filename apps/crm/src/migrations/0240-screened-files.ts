import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // 0: nobody has looked; 1: its form was looked at; 2: and a scanner has seen it, or it is known to be held.
  `alter table attachment
    add column screened smallint not null default 0,
    add column held_because text,
    add column held_at timestamptz,
    add column released_at timestamptz,
    add column released_by uuid references operator,
    add column released_reason text`,
  `create index attachment_unscreened on attachment (screened, created_at)
    where fetch_state = 'done' and sha256 is not null and screened < 2`,
  `create index attachment_held on attachment (administration_id, held_at, id)
    where held_because is not null and released_at is null`,
  `alter table upload add column scan_state text not null default 'skipped'`,
  `create index upload_unscanned on upload (created_at) where scan_state = 'pending'`,
];

/** What is found in files, from whichever side they come: what is held, why, and who released it. */
export class ScreenedFiles0240 implements MigrationInterface {
  readonly name = 'ScreenedFiles1700000000240';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
