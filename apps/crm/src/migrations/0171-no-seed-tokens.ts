import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators are known by the identity provider: the core has no tokens of its own. */
export class NoSeedTokens0171 implements MigrationInterface {
  readonly name = 'NoSeedTokens1700000000171';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table operator drop column token_hash');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
