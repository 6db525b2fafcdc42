import { mayWith, type CaseAct, type SeenCase } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { refused, type Refused } from '../refused.js';
import { SEEN_COLUMNS, type SeenRow } from './seen.js';

/** What is told to who sees a case and may not do this with it. */
export const NOT_THEIRS = 'Your office no longer answers for this case: note or chase it instead.';

type Who = Pick<Asking, 'administrationId' | 'sight'>;

/** Why somebody may not do something with one of these cases; `undefined`: they may with all. Says only what they may know. */
export async function whyNotWith(
  manager: EntityManager,
  who: Who,
  caseIds: readonly string[],
  act: CaseAct,
): Promise<Refused | undefined> {
  const answers = await standings(manager, who, caseIds, act);
  if (answers.includes('unseen')) return refused('not-found', 'There is no such case.');
  return answers.includes('may-not') ? refused('not-allowed', NOT_THEIRS) : undefined;
}

async function standings(
  manager: EntityManager,
  { administrationId, sight }: Who,
  caseIds: readonly string[],
  act: CaseAct,
): Promise<ReturnType<typeof mayWith>[]> {
  const ids = [...new Set(caseIds.map(id => id.toLowerCase()))];
  if (ids.length === 0) return [];
  const rows: SeenRow[] = await manager.query(
    `select ${SEEN_COLUMNS} from case_file c where c.administration_id = $1 and c.id = any($2::uuid[])`,
    [administrationId, ids],
  );
  return [
    ...rows.map(row => (sight === 'all' ? 'may' : mayWith(sight, row satisfies SeenCase, act))),
    ...(rows.length < ids.length ? (['unseen'] as const) : []),
  ];
}

/** Which of these ids are of cases that somebody does not see, or that are not there: to them it is the same. */
export async function unseenOf(manager: EntityManager, who: Who, caseIds: readonly string[]): Promise<boolean> {
  return (await standings(manager, who, caseIds, 'read')).includes('unseen');
}
