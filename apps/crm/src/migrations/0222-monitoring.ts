import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // By what agreement, or leave of the inspectorate, people who work here may be counted one by one (art. 4 L. 300/1970).
  `create table monitoring_authorization (
    id uuid primary key,
    administration_id uuid not null references office,
    kind text not null check (kind in ('union_agreement', 'inspectorate')),
    reference text not null,
    signed_on date not null,
    valid_until date not null,
    scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ '{figures,recordings}'::text[]),
    recorded_by uuid not null references operator,
    recorded_at timestamptz not null,
    ended_at timestamptz,
    ended_by uuid references operator,
    ended_reason text,
    check (valid_until >= signed_on),
    check ((ended_at is null) = (ended_reason is null))
  )`,
  `create index monitoring_authorization_now on monitoring_authorization (administration_id) where ended_at is null`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update on monitoring_authorization to filodiretto_app;
    end if;
  end $$`,
];

/** Whether people who work here may be counted one by one. */
export class Monitoring0222 implements MigrationInterface {
  readonly name = 'Monitoring1700000000222';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
