import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What may be done from the letter, without logging in.
  `alter table letter add column actions text[] not null default '{}'`,
  // One action, on one case, once. The address itself is in the letter that left and nowhere else: here is its digest.
  `create table action_link (
    id uuid primary key,
    administration_id uuid not null references office,
    letter_id uuid not null references letter deferrable initially deferred,
    case_id uuid not null references case_file deferrable initially deferred,
    task_id uuid,
    office_id uuid references office,
    operator_id uuid references operator,
    action text not null,
    token_hash bytea not null unique,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  `create index action_link_letter on action_link (letter_id)`,
  `create index action_link_case on action_link (case_id)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on action_link to filodiretto_app;
    end if;
  end $$`,
];

/** Links by which an office acts without logging in. */
export class ActionLinks0045 implements MigrationInterface {
  readonly name = 'ActionLinks1700000000045';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
