import type { CaseState } from '@filodiretto/contracts/model';
import { NEXT } from './life-cycle.js';

/** What an administration decides for itself about its cases. */
export interface CaseRules {
  /** For how many days after its end a case can be opened again. */
  readonly reopenDays: number;
}

/** What holds where an administration decided nothing. */
export const SHIPPED_RULES: CaseRules = { reopenDays: 30 };

/** From this refusal of competence on, a person decides who answers, not the routing rules. */
export const PERSON_DECIDES_FROM = 3;

const DAY_MS = 86_400_000;

/** Whether a case in this state, ended then, can still be opened again. */
export const mayReopen = (
  state: CaseState,
  endedAt: string | null,
  now: string,
  { reopenDays }: CaseRules = SHIPPED_RULES,
): boolean =>
  NEXT[state].reopen !== undefined && endedAt !== null && Date.parse(now) - Date.parse(endedAt) <= reopenDays * DAY_MS;
