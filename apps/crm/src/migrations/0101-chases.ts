import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // How often the citizen asked again, and when last.
  `alter table case_file add column chases smallint not null default 0 check (chases >= 0)`,
  `alter table case_file add column chased_at timestamptz`,
];

/** Citizens who ask again. */
export class Chases0101 implements MigrationInterface {
  readonly name = 'Chases1700000000101';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
