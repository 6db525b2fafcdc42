import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create extension if not exists pg_trgm`,
  `alter table case_file add column incident_head uuid references case_file`,
  `create index case_file_incident on case_file (incident_head) where incident_head is not null`,
  // One answer to everybody of an incident: who was told, and who could not be.
  `create table announcement (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null references case_file,
    operator_id uuid not null references operator,
    language text not null,
    text text not null,
    short_text text,
    literal boolean not null,
    outcome text,
    outcome_reason text,
    cause text not null,
    created_at timestamptz not null,
    done_at timestamptz,
    check ((outcome is null) = (outcome_reason is null))
  )`,
  `create index announcement_case on announcement (case_id, created_at)`,
  `create table announcement_recipient (
    announcement_id uuid not null references announcement,
    case_id uuid not null references case_file,
    message_id uuid not null,
    told_by uuid,
    state text not null default 'pending' check (state in ('pending', 'queued', 'refused')),
    problem text,
    detail text,
    at timestamptz,
    primary key (announcement_id, case_id)
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on announcement, announcement_recipient to filodiretto_app;
    end if;
  end $$`,
];

/** Many cases on one matter, and one answer to everybody. */
export class Incidents0052 implements MigrationInterface {
  readonly name = 'Incidents1700000000052';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
