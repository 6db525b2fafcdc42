import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // When somebody was last here, as far as an hour goes, and since when nobody sees them any more.
  `alter table operator add column introduced_at timestamptz not null default now(), add column last_seen_at timestamptz,
     add column dormant_since timestamptz`,
  `alter table office add column last_acted_at timestamptz, add column dormant_since timestamptz`,
  `create index operator_dormant on operator (administration_id) where dormant_since is not null`,
  `create index office_dormant on office (administration_id) where dormant_since is not null`,
  `alter table administration_setting
     add column dormant_days smallint not null default 30 check (dormant_days between 1 and 365),
     add column weekly_letter_day smallint not null default 1 check (weekly_letter_day between 0 and 7),
     add column weekly_letter_hour smallint not null default 8 check (weekly_letter_hour between 0 and 23)`,
  // That somebody had the letter of a week, once, whoever writes it; and that some offices were looked at.
  `create table weekly_letter (
    administration_id uuid not null references office,
    week date not null,
    recipient text not null,
    letter_id uuid references letter deferrable initially deferred,
    at timestamptz not null,
    primary key (administration_id, week, recipient)
  )`,
  `do $$ begin
    if exists (select from pg_roles where rolname = 'filodiretto_app') then
      grant select, insert, update, delete on weekly_letter to filodiretto_app;
    end if;
  end $$`,
];

/** Who never comes, and the letter of the week. */
export class Dormancy0102 implements MigrationInterface {
  readonly name = 'Dormancy1700000000102';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
