import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [`alter table office add column ended_reason text`];

/** Why an office no longer answers. */
export class EndedOffices0015 implements MigrationInterface {
  readonly name = 'EndedOffices1700000000015';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
