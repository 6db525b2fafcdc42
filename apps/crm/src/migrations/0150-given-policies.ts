import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What a policy is chosen by is in columns of its own: this too.
  `alter table deadline_policy add column only_by_rule boolean not null default false`,
  // What a rule promised goes with the case. Until now it was in the journal alone.
  `alter table case_file add column given_policy text`,
  `update case_file c set given_policy = j.data->'promise'->>'policy'
   from journal j where j.case_id = c.id and j.version = 1 and j.data ? 'promise'`,
];

/** A policy that a rule gave stays with its case; some are given by rules alone. */
export class GivenPolicies0150 implements MigrationInterface {
  readonly name = 'GivenPolicies1700000000150';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
