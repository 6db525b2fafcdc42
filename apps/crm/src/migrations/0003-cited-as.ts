import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `alter table message add column cited_as text`,
  `create index message_cited on message (channel, account, cited_as) where cited_as is not null`,
];

/** The id by which answers cite a message, where the provider's id of it is another. */
export class CitedAs0003 implements MigrationInterface {
  readonly name = 'CitedAs1700000000003';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
