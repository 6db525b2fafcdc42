import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // For how long a case stays open to who broke the glass, and who protects data: told of it at once.
  `alter table administration_setting
    add column break_glass_minutes smallint not null default 60 check (break_glass_minutes between 1 and 1440),
    add column data_protection_officer uuid references operator`,
];

/** What an administration decides of breaking the glass. */
export class BreakGlass0211 implements MigrationInterface {
  readonly name = 'BreakGlass1700000000211';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
