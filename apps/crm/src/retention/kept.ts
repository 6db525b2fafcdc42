import type { EntityManager } from 'typeorm';
import { termsOf } from './policies.js';
import { PERSON } from './standing.js';
import { HELD, TERM_OF_CASE } from './term-of-case.js';

/** Until when something is kept. */
export interface Kept {
  readonly caseId: string;
  readonly number: string;
  /** Null: nobody can say yet, because the case is open or a hold is on it. */
  readonly until: Date | null;
  readonly held: boolean;
  readonly legalBasis: string;
}

/** Until when the words of a contact are kept: case by case, the one that is kept longest first. Nothing of an erased one is. */
export async function keptUntil(
  manager: Pick<EntityManager, 'query'>,
  administrationId: string,
  contactId: string,
): Promise<readonly Kept[]> {
  const terms = await termsOf(manager, administrationId);
  return manager.query(
    `select c.id as "caseId", c.number, t.legal_basis as "legalBasis", ${HELD} as held,
       case when not ${HELD} then c.ended_at + t.lasts end as until
     from case_file c cross join ${TERM_OF_CASE} t
     where c.administration_id = $3 and c.contact_id in (${PERSON})
       and not exists (select from journal j where j.case_id = c.id and j.fact = 'erased')
     order by until desc nulls first, c.number`,
    [contactId, JSON.stringify(terms), administrationId],
  );
}
