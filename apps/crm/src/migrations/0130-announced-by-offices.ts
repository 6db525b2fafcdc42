import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An office of which nobody logs in ends an incident by the link of its letter: it has no operator to name. */
export class AnnouncedByOffices0130 implements MigrationInterface {
  readonly name = 'AnnouncedByOffices1700000000130';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table announcement alter column operator_id drop not null');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
