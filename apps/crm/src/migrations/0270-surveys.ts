import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a citizen said of the service, once for each case.
  `create table survey (
    case_id uuid primary key references case_file,
    administration_id uuid not null references office,
    office_id uuid references office,
    stars smallint not null check (stars between 1 and 5),
    face text check (face in ('bad', 'fair', 'good')),
    reasons text[] not null default '{}',
    comment text,
    given_at timestamptz not null,
    changed_at timestamptz not null
  )`,
  `create index survey_office on survey (administration_id, given_at, office_id)`,
];

/** How citizens rate the service. */
export class Surveys0270 implements MigrationInterface {
  readonly name = 'Surveys1700000000270';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
