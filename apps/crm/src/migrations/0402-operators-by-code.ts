import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A directory asks for one person by their code, in whatever letters.
  `create index operator_by_code on operator (administration_id, lower(code))`,
];

/** A directory finds one of many without reading all. */
export class OperatorsByCode0402 implements MigrationInterface {
  readonly name = 'OperatorsByCode1700000000402';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
