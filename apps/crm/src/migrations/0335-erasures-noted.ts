import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // When it was noted beside the database who or what was erased. What is under way is noted once more: twice is once.
  'alter table erasure add column noted_at timestamptz',
  `update erasure set noted_at = coalesce(ended_at, asked_at) where state = 'done' and (contact_id is not null or case_id is not null)`,
  `alter table erasure add constraint erasure_noted
     check (state <> 'done' or noted_at is not null or contact_id is null and case_id is null)`,
  `create index erasure_to_note on erasure (asked_at) where noted_at is null and (contact_id is not null or case_id is not null)`,
];

/** No erasure is done before it is noted for whoever puts an older copy of the database back. */
export class ErasuresNoted0335 implements MigrationInterface {
  readonly name = 'ErasuresNoted1700000000335';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
