import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // To whom a machine of ours wrote: a digest of the recipient's one name, so that the bound holds for whoever is written to.
  `alter table message add column automatic_to bytea`,
  `create index message_automatic_to on message (automatic_to, created_at) where automatic_to is not null`,
];

/** Bounds on what is sent by machine, counted by recipient. */
export class Hardening0080 implements MigrationInterface {
  readonly name = 'Hardening1700000000080';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
