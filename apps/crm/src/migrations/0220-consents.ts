import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // For what an administration asks consent, each time it decided; the last version holds, without one it is as shipped.
  `create table consent_purpose (
    administration_id uuid not null references office,
    code text not null,
    version integer not null check (version >= 1),
    per_address_kind boolean not null,
    again_after_days integer not null check (again_after_days >= 0),
    retired boolean not null,
    texts jsonb not null,
    decided_by uuid not null references operator,
    decided_at timestamptz not null default now(),
    primary key (administration_id, code, version)
  )`,
  // What was asked of a person, and what they decided: only ever added. Ids and codes; the proof is what it points to.
  `create table consent_entry (
    id uuid primary key,
    position bigint generated always as identity,
    administration_id uuid not null references office,
    contact_id uuid not null references contact,
    purpose text not null,
    act text not null check (act in ('asked', 'given', 'refused', 'withdrawn')),
    address_kind text,
    text_version integer not null,
    language text not null,
    at timestamptz not null,
    how text not null check (how in ('message', 'form', 'call', 'desk', 'page')),
    proven boolean not null,
    actor_kind text not null,
    actor_id uuid,
    case_id uuid references case_file,
    message_id uuid,
    asked_id uuid references consent_entry,
    document text,
    -- The same message says the same thing once, however often it is read.
    proof_key text unique
  )`,
  `create index consent_entry_contact on consent_entry (contact_id, position)`,
  `create index consent_entry_question on consent_entry (message_id) where act = 'asked'`,
  `create function consents_are_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the ledger of consents is append-only' using errcode = 'restrict_violation';
  end $$`,
  ...['consent_purpose', 'consent_entry'].flatMap(table => [
    `create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function consents_are_append_only()`,
    `create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function consents_are_append_only()`,
  ]),
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert on consent_purpose, consent_entry to filodiretto_app;
    end if;
  end $$`,
];

/** Consents for what goes beyond answering: asked, given, refused, withdrawn. */
export class Consents0220 implements MigrationInterface {
  readonly name = 'Consents1700000000220';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
