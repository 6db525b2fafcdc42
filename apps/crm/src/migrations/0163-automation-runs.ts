import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Until when a rule of quiet hours has looked: what was said last before that set it off then. Null: it looks at all open cases.
  `alter table automation add column quiet_until timestamptz`,
  // The journal grows in the order of time: a few pages are all that a minute of it needs, and it costs no fact anything.
  `create index journal_at on journal using brin (at) with (pages_per_range = 16, autosummarize = on)`,
  `create index automation_run_rule on automation_run (automation_id, at desc, id desc)`,
  `create index automation_run_case on automation_run (case_id, at desc, id desc)`,
];

/** Quiet hours are looked for where they end, and runs are read page by page. */
export class AutomationRuns0163 implements MigrationInterface {
  readonly name = 'AutomationRuns1700000000163';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
