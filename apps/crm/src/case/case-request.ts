import type { Actor } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';

/** A request about one case: who asks, which version they have seen, and the request's own id. */
export interface CaseRequest {
  readonly operator: Asking;
  /** On whose behalf, when it is not the operator's own: an office acts from a letter. */
  readonly by?: Actor;
  readonly caseId: string;
  readonly expectedVersion?: number | undefined;
  readonly cause: string;
}

/** An operator, as who asks of a case. */
export const actor = (operator: Asking) => ({ kind: 'operator', id: operator.id }) as const;

/** Who asks of a case: the operator, or on whose behalf they do. */
export const byOf = ({ operator, by }: CaseRequest): Actor => by ?? actor(operator);

/** Whether the case is one of the administration of who asks. */
export async function isOurs(manager: EntityManager, { operator, caseId }: CaseRequest): Promise<boolean> {
  const found: unknown[] = await manager.query('select from case_file where administration_id = $1 and id = $2', [
    operator.administrationId,
    caseId,
  ]);
  return found.length > 0;
}
