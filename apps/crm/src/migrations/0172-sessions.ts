import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A login on its way: whoever comes back with the cookie whose hash this is. Used once.
  `create table login_attempt (
    secret_hash bytea primary key,
    state text not null,
    nonce text not null,
    code_verifier text not null,
    return_to text not null,
    max_age integer not null,
    began_at timestamptz not null default now()
  )`,
  // Of the cookie only the hash is kept; of the provider's tokens, nothing.
  `create table operator_session (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    secret_hash bytea not null unique,
    issuer text not null,
    subject text not null,
    sid text,
    acr text,
    authenticated_at timestamptz not null,
    user_agent text,
    began_at timestamptz not null default now(),
    used_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  'create index operator_session_operator on operator_session (operator_id)',
  'create index operator_session_subject on operator_session (issuer, subject)',
  'create index operator_session_sid on operator_session (issuer, sid) where sid is not null',
  'create index operator_session_expiry on operator_session (expires_at)',
  // Logout tokens of the provider that were obeyed: none is obeyed twice.
  `create table spent_logout_token (
    issuer text not null,
    jti text not null,
    spent_at timestamptz not null default now(),
    primary key (issuer, jti)
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on login_attempt, operator_session, spent_logout_token to filodiretto_app;
    end if;
  end $$`,
];

/** Sessions of people who logged in by browser. */
export class Sessions0172 implements MigrationInterface {
  readonly name = 'Sessions1700000000172';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
