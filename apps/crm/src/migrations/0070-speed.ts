import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables written by each message whose rows belong to a row that names the administration too. */
const OF_ANOTHER = ['contact_address', 'conversation', 'message', 'attachment'] as const;

const STATEMENTS = [
  // Each row written locked the one row of its administration, and so did everybody else at the same moment: who shares that
  // lock is a list, written anew for each who joins it. Whose a message, an address, a conversation or a file is, is said by
  // the contact or the case it refers to; that an administration stays is said once, here.
  ...OF_ANOTHER.map(table => `alter table ${table} drop constraint ${table}_administration_id_fkey`),
  `create function administration_stays() returns trigger language plpgsql as $$
  begin
    raise exception 'an administration is not removed' using errcode = 'restrict_violation';
  end $$`,
  `create trigger administration_stays before delete on office
    for each row when (old.kind = 'administration') execute function administration_stays()`,
  `create trigger administration_keeps_its_id before update of id on office
    for each row when (old.kind = 'administration' and old.id <> new.id) execute function administration_stays()`,
];

/** Nothing that a message does not need is written, checked or locked when it is taken in. */
export class Speed0070 implements MigrationInterface {
  readonly name = 'Speed1700000000070';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
