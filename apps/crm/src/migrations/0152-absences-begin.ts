import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // When the work of who is absent is handed over; null once it was. Of absences that have begun, nothing is moved any more.
  `alter table absence add column begins_at timestamptz`,
  `update absence set begins_at = from_at where from_at > clock_now()`,
  `create index absence_begins on absence (begins_at) where begins_at is not null`,
];

/** What somebody has in hand is handed over when their absence begins. */
export class AbsencesBegin0152 implements MigrationInterface {
  readonly name = 'AbsencesBegin1700000000152';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
