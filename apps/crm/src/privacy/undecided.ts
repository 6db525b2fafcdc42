import type { EntityManager } from 'typeorm';
import { refused, type Refused } from '../refused.js';

/** Why a case does not end yet: a person asked something of what is kept of them in it, and nobody decided. */
export async function whyNotEnd(manager: EntityManager, caseId: string): Promise<Refused | undefined> {
  const found: unknown[] = await manager.query(`select from rights_request where case_id = $1 and state = 'open'`, [
    caseId,
  ]);
  return found.length === 0
    ? undefined
    : refused('transition-not-allowed', 'It is a request on personal data: decide it, and the case ends with that.');
}
