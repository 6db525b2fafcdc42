import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // One row for each transaction that changed when offices are open: nobody who changes it waits for who counts again.
  `create table calendar_change (
    administration_id uuid not null references office,
    changed_in xid8 not null default pg_current_xact_id(),
    up_to uuid,
    primary key (administration_id, changed_in)
  )`,
  `create function calendar_changed() returns trigger language plpgsql as $$
  begin
    insert into calendar_change (administration_id) values (coalesce(new.administration_id, old.administration_id))
    on conflict do nothing;
    return null;
  end $$`,
  ...['office_hours', 'closure'].map(
    table => `create trigger ${table}_calendar after insert or update or delete on ${table}
      for each row execute function calendar_changed()`,
  ),
  // What else a calendar is made of; an office that is new has no terms yet.
  `create trigger office_calendar after update on office for each row
    when ((old.parent_id, old.kind, old.active, old.patron_saint, old.open_on_holidays)
      is distinct from (new.parent_id, new.kind, new.active, new.patron_saint, new.open_on_holidays))
    execute function calendar_changed()`,
];

/** That offices are open at other times is noted, so that the terms that run are counted again. */
export class CalendarChanges0370 implements MigrationInterface {
  readonly name = 'CalendarChanges1700000000370';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
