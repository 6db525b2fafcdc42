import type { FieldProblem } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import type { Refused } from '../refused.js';
import { seenWith } from '../permission/seen.js';

const TABLES = {
  office: 'office',
  assignee: 'operator',
  category: 'category',
  contact: 'contact',
  leading: 'case_file',
  followUpOf: 'case_file',
} as const;

/** What no longer answers cannot be given a case, nor can one become of a category that is closed. */
const ACTIVE: ReadonlySet<string> = new Set<keyof typeof TABLES>(['office', 'assignee', 'category']);

/**
 * What a request names must be the administration's own: refused field by field; `undefined` when all of it is. `ended`: what
 * takes no new cases may be named too, by what is about cases that are there.
 */
export async function notOurs(
  manager: EntityManager,
  { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
  named: { readonly [Field in keyof typeof TABLES]?: string | undefined },
  { ended = false }: { readonly ended?: boolean } = {},
): Promise<Refused | undefined> {
  const errors: FieldProblem[] = [];
  for (const [field, id] of Object.entries(named) as [keyof typeof TABLES, string | undefined][]) {
    if (id === undefined) continue;
    const parameters: unknown[] = [administrationId, id];
    const usable =
      TABLES[field] === 'case_file' ? seenWith(sight, parameters) : ACTIVE.has(field) && !ended ? 'c.active' : 'true';
    const found: unknown[] = await manager.query(
      `select from ${TABLES[field]} c where c.administration_id = $1 and c.id = $2 and ${usable}`,
      parameters,
    );
    if (found.length === 0) errors.push({ pointer: `/${field}`, detail: 'there is none of this id here' });
  }
  return errors.length > 0
    ? { refused: 'invalid-input', detail: 'Something that the request names does not exist.', errors }
    : undefined;
}
