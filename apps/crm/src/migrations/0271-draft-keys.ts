import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Not unique: a key is of who uses it, and what was said with it is known by `idempotency`.
  `alter table case_draft add column key uuid`,
  `update case_draft set key = id`,
  `alter table case_draft alter column key set not null`,
];

/** A draft has the key that sends it, whichever screen it is sent from. */
export class DraftKeys0271 implements MigrationInterface {
  readonly name = 'DraftKeys1700000000271';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
