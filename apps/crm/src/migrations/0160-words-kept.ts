import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A note may be of an office, or of who was asked a question, written in the page of a letter.
  `alter table internal_note alter column operator_id drop not null`,
  `alter table internal_note add column office_id uuid references office`,
  `alter table internal_note add column task_id uuid references task`,
  `alter table internal_note add column link_id uuid`,
  `alter table internal_note add constraint internal_note_author check (num_nonnulls(operator_id, office_id, task_id) > 0) not valid`,
  // What whoever used a link wrote, and what was written in its page after that and kept: digests, for comparison only.
  `alter table action_link add column did text`,
  `alter table action_link add column kept text[] not null default '{}'`,
];

/** Words written in the page of a link that was used before. */
export class WordsKept0160 implements MigrationInterface {
  readonly name = 'WordsKept1700000000160';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
