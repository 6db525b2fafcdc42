import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was granted an attempt to send is remembered, so that they are granted it again when they did not hear of it. */
export class Claimants0371 implements MigrationInterface {
  readonly name = 'Claimants1700000000371';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table message add column sending_by uuid');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
