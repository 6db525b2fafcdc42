import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Only ever added to: what was written under a version is read by it.
  `create table category_schema (
    id uuid primary key,
    administration_id uuid not null references office,
    category_id uuid not null references category,
    version integer not null check (version >= 1),
    fields jsonb not null,
    created_at timestamptz not null,
    created_by uuid references operator,
    unique (category_id, version)
  )`,
  // Beside the journal, which only tells which fields changed: a value may say something of a person.
  `create table case_field (
    case_id uuid not null references case_file deferrable initially deferred,
    code text not null,
    value jsonb not null,
    schema_id uuid not null references category_schema,
    primary key (case_id, code)
  )`,
  `create index case_field_value on case_field using gin (value jsonb_path_ops)`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert on category_schema to filodiretto_app;
      grant select, insert, update, delete on case_field to filodiretto_app;
    end if;
  end $$`,
  `insert into journal_reader (name, administration_id, xid, position)
   select 'field', id, pg_snapshot_xmin(pg_current_snapshot()), 0 from office where kind = 'administration'`,
];

/** Fields of the administration's own, by category. */
export class Fields0111 implements MigrationInterface {
  readonly name = 'Fields1700000000111';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
