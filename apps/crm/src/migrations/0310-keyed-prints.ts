import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Prints without a key told who guesses what was asked. A request of which none is left is known by its key and by what it makes.
  `update idempotency set fingerprint = '' where fingerprint <> ''`,
];

/** What is known of requests that were made before their prints had a key. */
export class KeyedPrints0310 implements MigrationInterface {
  readonly name = 'KeyedPrints1700000000310';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
