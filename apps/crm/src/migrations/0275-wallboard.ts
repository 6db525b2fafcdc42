import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What the figures of today are counted from, read every few seconds while somebody looks.
  `create index work_item_today on work_item (administration_id, virtual_start)`,
  `create index message_calls on message (administration_id, created_at)
    where direction = 'in' and content @> '[{"type": "call"}]'`,
];

/** The wallboard reads what came in today, and nothing else of it. */
export class Wallboard0275 implements MigrationInterface {
  readonly name = 'Wallboard1700000000275';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
