import type { MigrationInterface, QueryRunner } from 'typeorm';

/** References to rows that are never removed, written by each case that is opened: whose row it is, and the office of its case. */
const TO_WHAT_STAYS = [
  ['case_file', 'administration_id'],
  ['contact', 'administration_id'],
  ['deadline', 'administration_id'],
  ['deadline', 'office_id'],
  ['deadline', 'policy_id'],
  ['letter', 'administration_id'],
  ['work_item', 'administration_id'],
  ['work_item', 'office_id'],
] as const;

const STATEMENTS = [
  // A case that is opened locked the row of its office and of its administration a dozen times, and so did all that were opened
  // beside it: that an office and a version of a policy stay is said once, here. The office of a case itself is still checked.
  ...TO_WHAT_STAYS.map(([table, column]) => `alter table ${table} drop constraint ${table}_${column}_fkey`),
  `create function row_stays() returns trigger language plpgsql as $$
  begin
    raise exception 'a row of % is not removed, and keeps its id', tg_table_name using errcode = 'restrict_violation';
  end $$`,
  `drop trigger administration_stays on office`,
  `drop trigger administration_keeps_its_id on office`,
  `drop function administration_stays()`,
  ...['office', 'deadline_policy'].flatMap(table => [
    `create trigger ${table}_stays before delete on ${table} for each row execute function row_stays()`,
    `create trigger ${table}_keeps_its_id before update of id on ${table} for each row when (old.id <> new.id)
       execute function row_stays()`,
  ]),
];

/** Cases that are opened side by side do not write in one another's way. */
export class HotRows0090 implements MigrationInterface {
  readonly name = 'HotRows1700000000090';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
