import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';

/** Held while the first office is made, so that two processes do not make two. */
const FIRST_LOCK = 7_465_004;

/**
 * Makes the root of the office tree in a database that has none: without an administration nothing could be taken in.
 * The demonstration brings its own.
 */
export async function ensureAdministration(
  dataSource: DataSource,
  name: string,
  demonstration: boolean,
): Promise<void> {
  if (demonstration) return;
  await dataSource.transaction(async manager => {
    await manager.query('select pg_advisory_xact_lock($1)', [FIRST_LOCK]);
    const id = v7();
    await manager.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier)
       select $1, $1, null, 'ente', $2, 'administration', 1 where not exists (select from office)`,
      [id, name],
    );
  });
}
