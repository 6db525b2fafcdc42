import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A citizen's login on its way: whoever comes back with the secret whose hash this is. Used once.
  `create table citizen_login (
    secret_hash bytea primary key,
    administration_id uuid not null references office,
    provider text not null,
    state text not null,
    nonce text not null,
    code_verifier text not null,
    began_at timestamptz not null default now()
  )`,
  'create index citizen_login_age on citizen_login (began_at)',
  // Who somebody is for certain: of their fiscal code a keyed print, by which they are known again. With a contact, once it is
  // certain which one is theirs.
  `create table citizen_identity (
    id uuid primary key,
    administration_id uuid not null references office,
    code_hash bytea not null,
    name text,
    contact_id uuid references contact,
    assurance_level smallint not null check (assurance_level between 2 and 4),
    provider text,
    first_at timestamptz not null default now(),
    last_at timestamptz not null default now(),
    unique (administration_id, code_hash)
  )`,
  'create index citizen_identity_contact on citizen_identity (contact_id) where contact_id is not null',
  // Cases that somebody showed to be theirs by the code that was given for them.
  `create table citizen_case (
    identity_id uuid not null references citizen_identity on delete cascade,
    administration_id uuid not null references office,
    tracking_hash bytea not null,
    claimed_at timestamptz not null default now(),
    primary key (identity_id, tracking_hash)
  )`,
  'create index citizen_case_code on citizen_case (tracking_hash)',
  // A session is of an address that was shown, or of an identity.
  'alter table citizen_session alter kind drop not null, alter value drop not null',
  'alter table citizen_session add identity_id uuid references citizen_identity on delete cascade, add provider text',
  `alter table citizen_session add check ((kind is null) = (value is null) and (kind is null) = (identity_id is not null))`,
  'create index citizen_session_identity on citizen_session (identity_id) where identity_id is not null',
];

/** How citizens log in by SPID or CIE, and who they are from then on. */
export class CitizenLogins0300 implements MigrationInterface {
  readonly name = 'CitizenLogins1700000000300';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
