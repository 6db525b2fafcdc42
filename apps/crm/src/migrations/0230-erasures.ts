import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table contact add column erased_at timestamptz`,
  // Since when nothing is left of what it said.
  `alter table message add column erased_at timestamptz`,
  // Everything of a person: asked for by erasure, by access, by nobody else.
  `create index message_contact on message (contact_id)`,
  `create table legal_hold (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid references case_file,
    contact_id uuid references contact,
    reason text not null,
    placed_by uuid not null references operator,
    placed_at timestamptz not null,
    lifted_by uuid references operator,
    lifted_at timestamptz,
    lifted_reason text,
    check ((case_id is null) <> (contact_id is null)),
    check ((lifted_at is null) = (lifted_reason is null))
  )`,
  `create unique index legal_hold_case on legal_hold (case_id) where lifted_at is null`,
  `create unique index legal_hold_contact on legal_hold (contact_id) where lifted_at is null`,
  `create index legal_hold_list on legal_hold (administration_id, placed_at desc, id desc)`,
  `create table erasure (
    id uuid primary key,
    administration_id uuid not null references office,
    contact_id uuid not null references contact,
    because text not null check (because in ('request', 'retention')),
    reason text not null,
    request_id uuid,
    asked_by uuid references operator,
    state text not null check (state in ('running', 'done')),
    counts jsonb not null default '{}',
    asked_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create unique index erasure_contact on erasure (contact_id)`,
  `create index erasure_list on erasure (administration_id, asked_at desc, id desc)`,
  // What is still to be destroyed, and by which names it is found. Empty when an erasure is done.
  `create table erasure_target (
    id uuid primary key,
    administration_id uuid not null references office,
    erasure_id uuid not null references erasure,
    kind text not null check (kind in ('case', 'conversation', 'message', 'reception', 'blob', 'word')),
    value text not null,
    about jsonb not null default '{}',
    unique (erasure_id, kind, value)
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on legal_hold, erasure, erasure_target to filodiretto_app;
    end if;
  end $$`,
];

/** People who are forgotten, and what may not be. */
export class Erasures0230 implements MigrationInterface {
  readonly name = 'Erasures1700000000230';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
