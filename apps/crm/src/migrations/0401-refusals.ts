import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Who was refused, why, and how often: one entry stands for many of the same, or a refusal could be made to fill the disk.
  `alter table trail_entry add column because text, add column times integer check (times > 0)`,
  `alter table trail_entry drop constraint trail_entry_act_check`,
  `alter table trail_entry add constraint trail_entry_act_check
     check (act in ('looked', 'searched', 'exported', 'changed', 'refused')
       and (act = 'refused') = (because is not null) and (act = 'refused') = (times is not null))`,
];

/** Who is refused leaves an entry in the trail. */
export class Refusals0401 implements MigrationInterface {
  readonly name = 'Refusals1700000000401';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
