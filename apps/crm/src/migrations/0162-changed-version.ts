import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The version of the last fact that whoever asks for a change must have seen; null: every fact counts, as before.
  `alter table case_file add column changed_version integer`,
];

/** What a change by somebody who saw an earlier version may pass over. */
export class ChangedVersion0162 implements MigrationInterface {
  readonly name = 'ChangedVersion1700000000162';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
