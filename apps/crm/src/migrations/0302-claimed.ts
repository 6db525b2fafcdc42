import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The role that somebody has by our own assignment while a claim of the identity provider gives them another.
  'alter table operator add own_role text',
  // Whether a place in an office is given by a claim: it goes when the claim goes.
  'alter table membership add claimed boolean not null default false',
];

/** Roles and offices that the identity provider gives. */
export class Claimed0302 implements MigrationInterface {
  readonly name = 'Claimed1700000000302';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
