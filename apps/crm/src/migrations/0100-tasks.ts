import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A question put to another office, or to a body outside by its address, while the case stays where it is.
  `create table task (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null references case_file,
    office_id uuid references office,
    address text,
    name text,
    question text not null,
    state text not null check (state in ('open', 'answered', 'refused', 'cancelled')),
    due_date date not null,
    asked_by uuid not null references operator,
    asked_at timestamptz not null,
    extension_reason text,
    ended_at timestamptz,
    outcome text,
    answer text,
    answer_message_id uuid references message deferrable initially deferred,
    reason text,
    check ((office_id is null) = (address is not null and name is not null)),
    check ((state = 'open') = (ended_at is null))
  )`,
  `create index task_case on task (case_id, asked_at)`,
  `create index task_list on task (administration_id, asked_at desc, id desc)`,
  `create index task_office on task (office_id, asked_at desc, id desc) where office_id is not null`,
  // Those that wait for an answer, as the rules see them.
  `alter table case_file add column open_tasks jsonb not null default '[]'`,
  `alter table letter add constraint letter_task foreign key (task_id) references task deferrable initially deferred`,
  `alter table action_link add constraint action_link_task foreign key (task_id) references task deferrable initially deferred`,
  `alter table deadline add column task_id uuid references task deferrable initially deferred`,
  `drop index deadline_running`,
  `create unique index deadline_running on deadline (case_id, clock) where ended_at is null and task_id is null`,
  `create unique index deadline_task on deadline (task_id) where task_id is not null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on task to filodiretto_app;
    end if;
  end $$`,
];

/** Questions to other offices, each with its own term. */
export class Tasks0100 implements MigrationInterface {
  readonly name = 'Tasks1700000000100';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
