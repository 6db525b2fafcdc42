import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // It began with channel and account, which all conversations of an account share: before the first ANALYZE the planner
  // took it for the lookup by key, and read the whole account for each message.
  `drop index conversation_address`,
  `create index conversation_address on conversation ((address->>'value'), channel, account)`,
];

/** Lookups by what tells rows apart, so that no plan can read a whole account. */
export class Lookups0004 implements MigrationInterface {
  readonly name = 'Lookups1700000000004';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
