import type { CaseFact, CaseState, Priority } from '@filodiretto/contracts/model';
import { holds, type Conditions, type Facts } from '../routing/condition.js';

/** When an automation acts on a case: what routing looks at, and where the case stands; all that is given must hold. */
export interface AutomationConditions extends Conditions {
  readonly state?: readonly CaseState[];
  readonly priority?: readonly Priority[];
  /** Ids of offices that hold it. */
  readonly office?: readonly string[];
  readonly assigned?: boolean;
  /** Hours since it was opened, at least. */
  readonly olderThanHours?: number;
}

/** A case as an automation looks at it. */
export interface AutomationSeen extends Facts {
  readonly state: CaseState;
  readonly priority: Priority;
  readonly office: string | null;
  readonly assignee: string | null;
  readonly openedAt: string;
}

/** Most automations that may follow from one another. */
export const LONGEST_CHAIN = 3;
/** After so many refusals in a row an automation is switched off. */
export const MOST_FAILURES = 5;

/** Whether what an automation waits for holds of a case now. */
export const automationHolds = (when: AutomationConditions, seen: AutomationSeen, now: string): boolean =>
  (when.state?.includes(seen.state) ?? true) &&
  (when.priority?.includes(seen.priority) ?? true) &&
  (when.office === undefined || (seen.office !== null && when.office.includes(seen.office))) &&
  (when.assigned === undefined || when.assigned === (seen.assignee !== null)) &&
  (when.olderThanHours === undefined ||
    Date.parse(now) - Date.parse(seen.openedAt) >= when.olderThanHours * 3_600_000) &&
  holds(when, seen);

/**
 * Whether a fact sets a rule off. `chain`: the rules from which the fact follows, the first first. No rule follows from itself,
 * however far round, and no chain is longer than `LONGEST_CHAIN`.
 */
export const setsOff = (
  rule: { readonly id: string; readonly on: readonly CaseFact[] },
  fact: CaseFact,
  chain: readonly string[],
): boolean => rule.on.includes(fact) && chain.length < LONGEST_CHAIN && !chain.includes(rule.id);
