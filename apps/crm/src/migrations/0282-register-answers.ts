import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What the controller says of processing that the system cannot know. Each version stays.
  `create table register_answer (
    administration_id uuid not null references office,
    code text not null,
    version integer not null check (version >= 1),
    text text not null,
    decided_by uuid not null references operator,
    decided_at timestamptz not null,
    primary key (administration_id, code, version)
  )`,
];

/** What the register of processing says besides what the system knows. */
export class RegisterAnswers0282 implements MigrationInterface {
  readonly name = 'RegisterAnswers1700000000282';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
