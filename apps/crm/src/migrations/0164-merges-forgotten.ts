import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a merge put aside to be undone (a place, what fields held) is not kept for ever.
  `alter table case_merge add column aside_forgotten_at timestamptz`,
  `create index case_merge_aside on case_merge (at) where aside is not null`,
];

/** What merges put aside is forgotten once they cannot be undone. */
export class MergesForgotten0164 implements MigrationInterface {
  readonly name = 'MergesForgotten1700000000164';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
