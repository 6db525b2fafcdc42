import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What the administration writes to its own offices and to bodies outside. A letter that cannot leave waits here.
  `create table letter (
    id uuid primary key,
    administration_id uuid not null references office,
    kind text not null,
    case_id uuid references case_file,
    task_id uuid,
    office_id uuid references office,
    operator_id uuid references operator,
    address text,
    name text,
    subject text not null,
    text text not null,
    files jsonb not null default '[]',
    state text not null check (state in ('waiting', 'queued')),
    trouble text,
    tries integer not null default 0,
    next_try_at timestamptz,
    conversation_id uuid references conversation,
    sent_to text,
    cause text,
    created_at timestamptz not null default now(),
    check ((state = 'waiting') = (next_try_at is not null)),
    check (state = 'waiting' or (conversation_id is not null and sent_to is not null)),
    check (office_id is not null or operator_id is not null or address is not null)
  )`,
  `create index letter_waiting on letter (next_try_at) where state = 'waiting'`,
  `create index letter_case on letter (case_id, created_at)`,
  `create index letter_list on letter (administration_id, created_at desc, id desc)`,
  // A conversation that a letter began is the administration's own: the citizen is never answered there.
  `alter table conversation add column letter_id uuid references letter deferrable initially deferred`,
  // The letter that a message is, or answers.
  `alter table message add column letter_id uuid references letter`,
  `create index message_letter on message (letter_id) where letter_id is not null`,
  `alter table office add column if not exists letters boolean not null default true`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on letter to filodiretto_app;
    end if;
  end $$`,
];

/** Letters to offices: how a matter is passed on to who never logs in. */
export class PassingOn0040 implements MigrationInterface {
  readonly name = 'PassingOn1700000000040';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
