import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table administration_setting add column undo_merge_hours smallint not null default 72
     check (undo_merge_hours between 0 and 8760)`,
  `alter table case_file add column merged_into uuid references case_file`,
  `create index case_file_merged on case_file (merged_into) where merged_into is not null`,
  `create index case_file_duplicate on case_file (duplicate_of) where duplicate_of is not null`,
  `create index case_file_follow_up on case_file (follow_up_of) where follow_up_of is not null`,
  // The case that a message was said in, when it is read in another since.
  `alter table message add column moved_from uuid references case_file`,
  `drop index message_acknowledged`,
  `create unique index message_acknowledged on message (case_id)
     where automatic = 'acknowledgement' and direction = 'out' and moved_from is null`,
  `create table case_link (
    administration_id uuid not null references office,
    case_a uuid not null references case_file,
    case_b uuid not null references case_file,
    operator_id uuid references operator,
    at timestamptz not null default now(),
    primary key (case_a, case_b),
    check (case_a < case_b)
  )`,
  `create index case_link_b on case_link (case_b)`,
  `create table case_merge (
    id uuid primary key,
    administration_id uuid not null references office,
    into_case uuid not null references case_file,
    from_case uuid not null references case_file,
    operator_id uuid not null references operator,
    at timestamptz not null,
    undone_at timestamptz,
    undone_by uuid references operator
  )`,
  `create index case_merge_into on case_merge (into_case)`,
  `create index case_merge_from on case_merge (from_case)`,
  // What a merge carried over, so that undoing it gives back exactly that.
  `create table case_merge_item (
    merge_id uuid not null references case_merge,
    kind text not null,
    item_id uuid not null,
    primary key (merge_id, kind, item_id)
  )`,
  `create table case_split (
    from_case uuid not null references case_file,
    new_case uuid primary key references case_file,
    operator_id uuid not null references operator,
    at timestamptz not null
  )`,
  `create index case_split_from on case_split (from_case)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on case_link, case_merge, case_merge_item, case_split to filodiretto_app;
    end if;
  end $$`,
];

/** How cases stand to each other: linked, merged, split. */
export class Relations0051 implements MigrationInterface {
  readonly name = 'Relations1700000000051';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
