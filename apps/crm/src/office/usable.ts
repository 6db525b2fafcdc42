import type { FieldProblem } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import type { Refused } from '../refused.js';

/** What a request names by id: where it says so, and in which table it must be. */
export interface Named {
  readonly pointer: string;
  readonly table: 'office' | 'operator' | 'topic' | 'supplier' | 'lot';
  readonly id: string | null | undefined;
}

const USABLE: Readonly<Record<Named['table'], string>> = {
  office: 'select id from office where administration_id = $1 and id = any($2::uuid[]) and active',
  operator: 'select id from operator where administration_id = $1 and id = any($2::uuid[]) and active',
  topic: 'select id from topic where administration_id = $1 and id = any($2::uuid[]) and active',
  supplier: 'select id from supplier where administration_id = $1 and id = any($2::uuid[])',
  lot: 'select id from lot where administration_id = $1 and id = any($2::uuid[])',
};

/** Refuses, field by field, what is not the administration's own or is no longer active; `undefined` when all of it can be named. */
export async function unusable(
  manager: EntityManager,
  administrationId: string,
  named: readonly Named[],
): Promise<Refused | undefined> {
  const errors: FieldProblem[] = [];
  for (const table of new Set(named.map(one => one.table))) {
    const asked = named.filter(one => one.table === table && typeof one.id === 'string');
    if (asked.length === 0) continue;
    const rows: { id: string }[] = await manager.query(USABLE[table], [administrationId, asked.map(({ id }) => id)]);
    const found = new Set(rows.map(({ id }) => id));
    for (const { pointer, id } of asked)
      if (id && !found.has(id.toLowerCase()))
        errors.push({ pointer, detail: `there is no active ${table} of this id here` });
  }
  return errors.length > 0
    ? { refused: 'invalid-input', detail: 'Something that the request names does not exist.', errors }
    : undefined;
}
