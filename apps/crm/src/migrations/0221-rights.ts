import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a person asks of what is kept of them. Its case has the number, the term, the holder and the journal.
  `create table rights_request (
    id uuid primary key,
    administration_id uuid not null references office,
    case_id uuid not null unique references case_file deferrable initially deferred,
    contact_id uuid not null references contact,
    kind text not null check (kind in ('access', 'rectification', 'restriction', 'objection', 'erasure')),
    state text not null default 'open' check (state in ('open', 'granted', 'partly_granted', 'refused')),
    -- What is to be put right, until it is decided; then it is kept nowhere.
    wanted jsonb,
    asked_by text not null check (asked_by in ('operator', 'contact')),
    asked_at timestamptz not null,
    identified_how text check (identified_how in ('document', 'known', 'verified_address', 'strong_login')),
    identified_by uuid references operator,
    identified_at timestamptz,
    decided_by uuid references operator,
    decided_at timestamptz,
    reason text,
    version integer not null default 1,
    check ((state = 'open') = (decided_at is null)),
    check (state = 'open' or wanted is null)
  )`,
  `create index rights_request_list on rights_request (administration_id, asked_at desc, id desc)`,
  `create index rights_request_contact on rights_request (contact_id)`,
  // Whose data rest: they stay, and nothing is done with them (art. 18).
  `create table contact_restriction (
    id uuid primary key,
    administration_id uuid not null references office,
    contact_id uuid not null references contact,
    request_id uuid not null references rights_request,
    at timestamptz not null,
    lifted_at timestamptz,
    lifted_by uuid references operator,
    lifted_reason text,
    check ((lifted_at is null) = (lifted_reason is null))
  )`,
  `create unique index contact_restriction_now on contact_restriction (contact_id) where lifted_at is null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update on rights_request, contact_restriction to filodiretto_app;
    end if;
  end $$`,
];

/** What citizens ask of what is kept of them. */
export class Rights0221 implements MigrationInterface {
  readonly name = 'Rights1700000000221';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
