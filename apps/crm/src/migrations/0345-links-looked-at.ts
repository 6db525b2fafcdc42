import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // When the trail last had an entry of the page of a link being opened: one an hour is enough.
  `alter table action_link add column looked_at timestamptz`,
];

/** Who opens the link of a letter leaves a look in the trail. */
export class LinksLookedAt0345 implements MigrationInterface {
  readonly name = 'LinksLookedAt1700000000345';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
