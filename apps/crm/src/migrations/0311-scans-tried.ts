import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // When the scanner was last asked in vain: such a file waits behind those that it was not asked about.
  'alter table attachment add column scan_tried_at timestamptz',
];

/** Files that the scanner never answers about keep no other from being seen. */
export class ScansTried0311 implements MigrationInterface {
  readonly name = 'ScansTried1700000000311';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
