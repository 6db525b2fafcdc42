import { ENDED_STATES } from '@filodiretto/contracts/model';
import type { Actor } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { isRefused, type Refused } from '../refused.js';
import type { Ledger } from './ledger.js';

/** Cases locked and changed at a time. */
const AT_ONCE = 500;

/** Which open cases change hands, and to whom: an office, nobody of it in particular. */
export interface HandingOver {
  readonly administrationId: string;
  /** Those that this office or this person holds. */
  readonly from: { readonly office: string } | { readonly assignee: string };
  /** Absent: each stays with the office that holds it. */
  readonly to?: string;
  readonly by: Actor;
  /** Kept in the journal of each. */
  readonly why: string;
  readonly cause: string;
}

const HELD = (column: 'office_id' | 'assignee_id'): string => `
  select id, office_id from case_file where administration_id = $1 and ${column} = $2 and state <> all($3)
    and ($4::uuid is null or id > $4) order by id limit ${AT_ONCE}`;

/** Gives every open case to another holder, each journalled, in the caller's transaction. Resolves to how many, or to the first refusal. */
export async function handOver(
  manager: EntityManager,
  ledger: Ledger,
  asked: HandingOver,
): Promise<{ readonly count: number } | Refused> {
  const { from, administrationId } = asked;
  const [sql, holder] =
    'office' in from ? ([HELD('office_id'), from.office] as const) : ([HELD('assignee_id'), from.assignee] as const);
  let count = 0;
  for (let after: string | null = null; ;) {
    const rows: { id: string; office_id: string | null }[] = await manager.query(sql, [
      administrationId,
      holder,
      ENDED_STATES,
      after,
    ]);
    const pages = await ledger.open(
      manager,
      rows.map(({ id }) => id),
    );
    for (const { id, office_id } of rows) {
      const office = asked.to ?? office_id ?? '';
      const result = pages.apply({
        caseId: id,
        commands: [{ name: 'assign', office, assignee: null, why: asked.why, by: asked.by }],
        cause: asked.cause,
      });
      if (isRefused(result)) return result;
    }
    await pages.write();
    count += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return { count };
    after = last.id;
  }
}
