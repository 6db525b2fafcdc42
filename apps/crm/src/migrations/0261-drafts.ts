import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // One of each kind for an operator and a case.
  `create table case_draft (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null references case_file on delete cascade,
    operator_id uuid not null references operator,
    kind text not null check (kind in ('reply', 'note')),
    text text not null,
    subject text,
    conversation_id uuid references conversation on delete set null,
    visibility text,
    attachments uuid[] not null default '{}',
    begun_from integer not null,
    saved_at timestamptz not null,
    unique (operator_id, case_id, kind)
  )`,
  `create index case_draft_case on case_draft (case_id)`,
  `create index case_draft_saved on case_draft (operator_id, saved_at desc, id desc)`,
  `create index case_draft_over on case_draft (administration_id, saved_at)`,
  `create index case_draft_conversation on case_draft (conversation_id) where conversation_id is not null`,
];

/** What operators have begun to write in cases and not said yet. */
export class Drafts0261 implements MigrationInterface {
  readonly name = 'Drafts1700000000261';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
