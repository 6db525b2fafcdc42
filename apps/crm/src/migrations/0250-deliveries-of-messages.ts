import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // The delivery that brought a message is named by its row.
  `create index reception_item_of_message on reception_item (message_id)
    where message_id is not null and fate in ('duplicate', 'progress')`,
];

/** Deliveries that brought a message again, or were news of it, are found by it: they go with it. */
export class DeliveriesOfMessages0250 implements MigrationInterface {
  readonly name = 'DeliveriesOfMessages1700000000250';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
