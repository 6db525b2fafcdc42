import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // What nobody can take is passed over as a whole, however much of it there is: a queue is read need by need.
  `drop index work_item_queue`,
  `drop index work_item_due`,
  `create index work_item_queue on work_item (office_id, need, goes_first desc, effective_start, id) where state = 'queued'`,
  `create index work_item_due on work_item (office_id, need, due_at) where state = 'queued' and due_at is not null`,
  `update work_item set need = concat_ws('|', channel, weight, channel_max, exclusive, interruptible, skills) where need = ''`,
];

/** The order in which queues are read. */
export class QueueOrder0035 implements MigrationInterface {
  readonly name = 'QueueOrder1700000000035';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
