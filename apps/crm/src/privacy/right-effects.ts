import type { Correction } from '@filodiretto/contracts';
import type { Right } from '@filodiretto/contracts/model';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { refusedField, type Refused } from '../refused.js';
import { searchCasesOfAgain } from '../search/stale.js';
import { restrict } from './restriction.js';

/** A request that is being granted. */
export interface Granting {
  readonly id: string;
  readonly administrationId: string;
  readonly contactId: string;
  readonly caseId: string;
  readonly operatorId: string;
  readonly reason: string;
  readonly correction: Correction | null;
}

/** Does what a request is about, in the transaction of its decision; a refusal undoes the decision. Runs once for each. */
export type RightEffect = (manager: EntityManager, granting: Granting) => Promise<Refused | undefined>;

/** Puts right what is kept of a person. What stood there before is kept nowhere. */
const rectify: RightEffect = async (manager, { administrationId, contactId, correction }) => {
  for (const { kind, value, corrected } of correction?.addresses ?? []) {
    const [taken]: { mine: boolean }[] = await manager.query(
      'select contact_id = $4 as mine from contact_address where administration_id = $1 and kind = $2 and value = $3',
      [administrationId, kind, corrected ?? value, contactId],
    );
    if (corrected !== undefined && taken && !taken.mine)
      return refusedField(
        '/correction/addresses',
        'somebody else is known by one of them: they may be the same person',
      );
    await manager.query(
      'delete from contact_address where administration_id = $1 and contact_id = $2 and kind = $3 and value = $4',
      [administrationId, contactId, kind, value],
    );
    if (corrected !== undefined && !taken)
      await manager.query(
        `insert into contact_address (id, administration_id, contact_id, kind, value, verified, created_at)
         values ($1, $2, $3, $4, $5, false, clock_now())`,
        [newId(), administrationId, contactId, kind, corrected],
      );
    if (corrected !== undefined)
      await manager.query(
        `update conversation set address = jsonb_set(address, '{value}', to_jsonb($4::text))
         where contact_id = $1 and address->>'kind' = $2 and address->>'value' = $3`,
        [contactId, kind, value, corrected],
      );
  }
  if (correction?.name !== undefined)
    await manager.query('update contact set name = $2 where id = $1', [contactId, correction.name]);
  await searchCasesOfAgain(manager, [contactId]);
  return undefined;
};

/** What is shipped; erasure is added by who carries it out (`Rights.serve`). */
export const SHIPPED_EFFECTS: Readonly<Partial<Record<Right, RightEffect>>> = {
  access: () => Promise.resolve(undefined),
  rectification: rectify,
  restriction: async (manager, granting) => {
    await restrict(manager, granting);
    return undefined;
  },
};
