import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table tag (
    id uuid primary key,
    administration_id uuid not null references office,
    code text not null,
    label text not null,
    retired_at timestamptz,
    unique (administration_id, code)
  )`,
  `create table case_tag (
    tag_id uuid not null references tag,
    case_id uuid not null references case_file,
    primary key (tag_id, case_id)
  )`,
  `create index case_tag_case on case_tag (case_id)`,
  `create table case_follower (
    operator_id uuid not null references operator,
    case_id uuid not null references case_file,
    since timestamptz not null,
    primary key (operator_id, case_id)
  )`,
  `create index case_follower_case on case_follower (case_id)`,
  `create table mention (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    note_id uuid not null references internal_note,
    by_operator uuid not null references operator,
    created_at timestamptz not null,
    read_at timestamptz,
    unique (note_id, operator_id)
  )`,
  `create index mention_operator on mention (operator_id, created_at desc, id desc)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on tag, case_tag, case_follower, mention to filodiretto_app;
    end if;
  end $$`,
];

/** Tags, followers and mentions: how staff keep hold of a case. */
export class Tags0053 implements MigrationInterface {
  readonly name = 'Tags1700000000053';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
