import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The transaction that saw a change of calendars first: whoever began before it may have counted by the old ones. */
export class CalendarsSeen0381 implements MigrationInterface {
  readonly name = 'CalendarsSeen1700000000381';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calendar_change add column seen_in xid8');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
