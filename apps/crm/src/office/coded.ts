import type { EntityManager } from 'typeorm';
import { refusedField, type Refused } from '../refused.js';

/** What is known by a code of its own within an administration. */
export type CodedTable = 'topic' | 'supplier' | 'category';

/** Refuses a code that something else of the same table has. */
export async function takenCode(
  manager: EntityManager,
  table: CodedTable,
  administrationId: string,
  code: string,
): Promise<Refused | undefined> {
  const found: unknown[] = await manager.query(`select from ${table} where administration_id = $1 and code = $2`, [
    administrationId,
    code,
  ]);
  return found.length > 0 ? refusedField('/code', 'is used already') : undefined;
}

/** The version at which it is; `undefined` when the administration has none of this id. */
export async function versionOf(
  manager: EntityManager,
  table: CodedTable,
  administrationId: string,
  id: string,
): Promise<number | undefined> {
  const rows: { version: number }[] = await manager.query(
    `select version from ${table} where administration_id = $1 and id = $2`,
    [administrationId, id],
  );
  return rows[0]?.version;
}
