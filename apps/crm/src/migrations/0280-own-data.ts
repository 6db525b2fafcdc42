import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Somebody asked for a one-time code. Of the code only the hash is kept, once it was sent; of the row, nothing after a day.
  `create table citizen_code (
    id uuid primary key,
    administration_id uuid not null references office,
    kind text not null,
    value text not null,
    language text not null,
    asked_at timestamptz not null default now(),
    secret_hash bytea unique,
    expires_at timestamptz,
    spent_at timestamptz
  )`,
  'create index citizen_code_address on citizen_code (administration_id, kind, value, asked_at)',
  'create index citizen_code_age on citizen_code (asked_at)',
  // A citizen of whom something is certain: an address that is theirs, or more. Of what opens it only the hash is kept.
  `create table citizen_session (
    id uuid primary key,
    administration_id uuid not null references office,
    secret_hash bytea not null unique,
    assurance_level smallint not null check (assurance_level between 1 and 4),
    kind text not null,
    value text not null,
    began_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  'create index citizen_session_address on citizen_session (administration_id, kind, value)',
  'create index citizen_session_expiry on citizen_session (expires_at)',
];

/** How citizens come to what is kept of them: one-time codes, and sessions of a short while. */
export class OwnData0280 implements MigrationInterface {
  readonly name = 'OwnData1700000000280';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
