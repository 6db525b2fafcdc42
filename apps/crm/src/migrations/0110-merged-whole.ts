import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a merge carried over that has no id of its own, as it was: undoing it gives back exactly that.
  `alter table case_merge add column aside jsonb`,
  // What happened before this version is not followed now.
  `insert into journal_reader (name, administration_id, xid, position)
   select 'incident', id, pg_snapshot_xmin(pg_current_snapshot()), 0 from office where kind = 'administration'`,
];

/** A merge carries everything that belongs to a case, and is undone whole. */
export class MergedWhole0110 implements MigrationInterface {
  readonly name = 'MergedWhole1700000000110';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
