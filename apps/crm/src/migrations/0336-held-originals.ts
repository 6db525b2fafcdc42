import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The original of a message that the scanner refused as a whole, and who let it be opened all the same.
  `create table held_original (
    message_id uuid primary key references message,
    administration_id uuid not null references office,
    because text not null,
    held_at timestamptz not null,
    released_at timestamptz,
    released_by uuid references operator,
    released_reason text,
    check ((released_at is null) = (released_reason is null) and (released_at is null) = (released_by is null))
  )`,
  `create index held_original_list on held_original (administration_id, held_at, message_id) where released_at is null`,
  // Files that no scanner has answered about, ours or that of their channel.
  `create index attachment_unseen on attachment (created_at) where scan_state = 'pending' and held_because is null`,
];

/** What is held and was released by nobody, since nobody could. */
export class HeldOriginals0336 implements MigrationInterface {
  readonly name = 'HeldOriginals1700000000336';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
