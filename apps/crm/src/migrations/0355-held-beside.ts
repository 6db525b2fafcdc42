import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A part of a message that is kept beside it is held by itself; -1: the original, as a whole.
  `alter table held_original add column part int not null default -1 check (part >= -1)`,
  `alter table held_original drop constraint held_original_pkey`,
  `alter table held_original add primary key (message_id, part)`,
  // The original of what is parked.
  `alter table parked
     add column held_because text,
     add column held_at timestamptz,
     add column released_at timestamptz,
     add column released_by uuid references operator,
     add column released_reason text,
     add check ((held_because is null) = (held_at is null)),
     add check ((released_at is null) = (released_reason is null) and (released_at is null) = (released_by is null))`,
  // How far what was kept before there was a scanner has been looked at: one row as long as there is one.
  `create table screening_walk (
    id int primary key check (id = 1),
    up_to uuid not null,
    begun_at timestamptz not null,
    done_at timestamptz
  )`,
];

/** Whatever the scanner refuses can be released by a person, and what was kept before there was a scanner is looked at. */
export class HeldBeside0355 implements MigrationInterface {
  readonly name = 'HeldBeside1700000000355';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
