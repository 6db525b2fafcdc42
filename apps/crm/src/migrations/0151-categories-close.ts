import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table category
     add column active boolean not null default true,
     add column version integer not null default 1`,
  // These are changed by who has seen them; until now nobody could tell.
  `alter table tag add column version integer not null default 1`,
  `alter table automation add column version integer not null default 1`,
];

/** Categories are closed instead of deleted; they, tags and automations are changed by who has seen them. */
export class CategoriesClose0151 implements MigrationInterface {
  readonly name = 'CategoriesClose1700000000151';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
