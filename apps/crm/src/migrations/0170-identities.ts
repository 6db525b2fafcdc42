import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Which operator a subject of an identity provider is. With a client_id: the operator is a program, and may at most what
  // its scopes say.
  `create table operator_identity (
    id uuid primary key,
    administration_id uuid not null references office,
    operator_id uuid not null references operator,
    issuer text not null,
    subject text not null,
    client_id text,
    scopes text[],
    linked_by text not null check (linked_by in ('administrator', 'email', 'provisioning', 'demonstration')),
    linked_at timestamptz not null default now(),
    unique (issuer, subject),
    check ((client_id is null) = (scopes is null))
  )`,
  'create index operator_identity_operator on operator_identity (operator_id)',
  // Whether somebody whom nobody linked yet is known by an address that the provider verified.
  'alter table administration_setting add link_by_email boolean not null default false',
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on operator_identity to filodiretto_app;
    end if;
  end $$`,
];

/** Who operators are at the identity provider. */
export class Identities0170 implements MigrationInterface {
  readonly name = 'Identities1700000000170';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
