import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The message whose order has the code; empty again once the bus holds it no more.
  `alter table citizen_code add column message_id uuid`,
  `create index citizen_code_on_bus on citizen_code (message_id) where message_id is not null`,
];

/** One-time codes go from the bus once they have left. */
export class CodesOnTheBus0283 implements MigrationInterface {
  readonly name = 'CodesOnTheBus1700000000283';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
