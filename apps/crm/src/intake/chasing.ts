import { instant, type Instant } from '@filodiretto/contracts/model';
import { chaseOf, isEnded, raisedByChase, type Actor, type Command } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import type { LedgerPages } from '../case/ledger.js';
import { prepared } from '../prepared.js';

/** When a citizen, and a person of ours, last said something in a case. */
export interface Spoken {
  readonly saidAt: Instant | null;
  readonly answeredAt: Instant | null;
}

const SYSTEM: Actor = { kind: 'system' };
const DAY_MS = 86_400_000;

/** When somebody last spoke in those of the cases of which a further message may ask again: most are not looked at. */
export async function spokenIn(
  manager: EntityManager,
  pages: LedgerPages,
  caseIds: Iterable<string>,
): Promise<ReadonlyMap<string, Spoken>> {
  const now = pages.now.getTime();
  const old = [...new Set(caseIds)].filter(id => {
    const file = pages.caseFile(id);
    if (!file || isEnded(file.state)) return false;
    const late = file.nextDueAt !== null && file.nextDueAt.getTime() <= now;
    return late || (file.lastMessageAt !== null && now - file.lastMessageAt.getTime() >= DAY_MS);
  });
  if (old.length === 0) return new Map();
  const { rows } = await prepared<{ case_id: string; said: Date | null; answered: Date | null }>(
    manager,
    `select case_id, max(at) filter (where fact in ('message_received', 'opened') and data->>'message' is not null) as said,
       max(at) filter (where fact = 'reply_queued' and data->>'automatic' is null and not exists (
         select from journal w where w.case_id = j.case_id and w.fact = 'reply_withdrawn'
           and w.data->>'message' = j.data->>'message')) as answered
     from journal j where case_id = any($1::uuid[]) and fact in ('message_received', 'opened', 'reply_queued') group by case_id`,
    [old],
  );
  const at = (date: Date | null): Instant | null => (date === null ? null : instant(date));
  return new Map(rows.map(row => [row.case_id, { saidAt: at(row.said), answeredAt: at(row.answered) }]));
}

/** The commands by which a message counts as asking again; none when it does not. */
export function chasing(
  file: CaseFile,
  spoken: Spoken | undefined,
  now: Date,
  said: { readonly ownWords: boolean; readonly message: string; readonly by: Actor },
): Command[] {
  if (!spoken) return [];
  const because = chaseOf(
    {
      ...spoken,
      state: file.state,
      ownWords: said.ownWords,
      dueAt: file.nextDueAt && instant(file.nextDueAt),
      chasedAt: file.chasedAt && instant(file.chasedAt),
    },
    instant(now),
  );
  if (!because) return [];
  return [
    { name: 'chase', message: said.message, because, by: said.by },
    { name: 'changePriority', priority: raisedByChase(file.priority), reason: 'chase', by: SYSTEM },
  ];
}
