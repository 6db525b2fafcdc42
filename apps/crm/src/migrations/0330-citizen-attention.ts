import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Of the moment, as `case_attention` is: that a citizen writes, never what.
  `create unlogged table citizen_attention (
    case_id uuid primary key references case_file on delete cascade,
    administration_id uuid not null references office on delete cascade,
    until timestamptz not null
  ) with (fillfactor = 50)`,
  `create index citizen_attention_administration on citizen_attention (administration_id)`,
];

/** In which cases the citizen is writing now. */
export class CitizenAttention0330 implements MigrationInterface {
  readonly name = 'CitizenAttention1700000000330';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
