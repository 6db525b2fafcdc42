import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What is held leaves when it is due, by the clock of the database; null: at once.
  `alter table outbox add column due_at timestamptz`,
  `create index outbox_held on outbox (ordering) where due_at is not null`,
  `alter table message add column held_until timestamptz`,
  // Requests put into the outbox and read nothing of it: of what they take back they name the message alone.
  `create function drop_held_order(said uuid) returns void language sql security definer
    set search_path = public, pg_temp as $$
      delete from outbox o using message m
      where m.id = said and m.administration_id = acting_administration() and m.send_state = 'withdrawn'
        and o.type = 'message.queued.v1' and o.event_id = m.id || '-' || m.attempt $$`,
  `revoke all on function drop_held_order(uuid) from public`,
  `grant execute on function drop_held_order(uuid) to filodiretto_app, filodiretto_machine`,
];

/** Replies that wait a moment before they leave, and can be taken back. */
export class Withdrawals0262 implements MigrationInterface {
  readonly name = 'Withdrawals1700000000262';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
