import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Only ever added to: a promise that began under a version ends under it.
  `create table deadline_policy (
    id uuid primary key,
    administration_id uuid not null references office,
    seq bigint generated always as identity,
    code text not null,
    version integer not null check (version >= 1),
    name text not null,
    clock text not null,
    kinds text[],
    category_id uuid references category,
    office_id uuid references office,
    valid_from timestamptz not null,
    retired boolean not null,
    rule jsonb not null,
    created_at timestamptz not null default now(),
    created_by uuid references operator,
    unique (administration_id, code, version)
  )`,
  `create index deadline_policy_revision on deadline_policy (administration_id, seq)`,
  `create table deadline (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null references case_file,
    clock text not null,
    policy_id uuid not null references deadline_policy,
    office_id uuid references office,
    started_at timestamptz not null,
    anchor_at timestamptz not null,
    left_amount double precision not null,
    left_unit text not null,
    due_at timestamptz,
    stopped_at timestamptz,
    stops smallint not null,
    stopped_days integer not null,
    extended_at timestamptz,
    warned_at timestamptz,
    breached_at timestamptz,
    rungs smallint[] not null,
    ended_at timestamptz,
    met boolean,
    next_at timestamptz,
    trouble text
  ) with (fillfactor = 80)`,
  `create unique index deadline_running on deadline (case_id, clock) where ended_at is null`,
  `create index deadline_case on deadline (case_id)`,
  // What must be said next, and when: the timer itself, kept by the transaction that decides it.
  `create index deadline_next on deadline (next_at) where next_at is not null`,
  // The nearest term of an open case: what lists are filtered and sorted by.
  `alter table case_file add column next_due_at timestamptz`,
  `create index case_file_due on case_file (administration_id, next_due_at, id) where next_due_at is not null`,
  `create index case_file_office_due on case_file (office_id, next_due_at, id) where next_due_at is not null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on deadline to filodiretto_app;
      grant select, insert on deadline_policy to filodiretto_app;
    end if;
  end $$`,
];

/** What is promised, and until when. */
export class Deadlines0021 implements MigrationInterface {
  readonly name = 'Deadlines1700000000021';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
