import type { CaseKind, CaseState, Instant, Outcome, Priority } from '@filodiretto/contracts/model';
import type { OpenTask } from '../task/open-task.js';

/** The matter, as the rules see it: what folding its journal gives. Holds no words of the citizen. */
export interface Case {
  readonly id: string;
  /** Root of the office tree; everything is scoped by it. */
  readonly administration: string;
  readonly number: string;
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly category: string | null;
  /** Who answers for it now; null while nobody was chosen. */
  readonly office: string | null;
  readonly assignee: string | null;
  readonly priority: Priority;
  readonly outcome: Outcome | null;
  readonly outcomeReason: string | null;
  readonly contact: string | null;
  /** How many facts happened to it. */
  readonly version: number;
  /** ISO 8601 date. */
  readonly dueDate: string | null;
  /** ISO 8601 date. */
  readonly plannedDate: string | null;
  /** How many times an office said it was not theirs. */
  readonly refusals: number;
  /** Questions to other offices that wait for an answer; absent when there are none. */
  readonly tasks?: readonly OpenTask[];
  /** Every office that holds it, held it or was asked about it, in that order; absent while none was. */
  readonly concerned?: readonly string[];
  /** Code of the level that says who may know of it; absent: it is not confidential. */
  readonly confidentiality?: string;
  /** How often the citizen asked again, and when last; absent while they did not. */
  readonly chases?: number;
  readonly chasedAt?: Instant;
  /** Code of the deadline policy that a routing rule gave it, for as long as it lives; absent: none did. */
  readonly givenPolicy?: string;
  readonly openedAt: Instant;
  /** When the office that holds it now accepted it. */
  readonly takenInChargeAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly lastMessageAt: Instant | null;
  readonly duplicateOf: string | null;
  /** The case that took in everything said in this one: nothing is done here any more. */
  readonly mergedInto: string | null;
  /** The case under which it is worked on, with others on the same matter. */
  readonly head: string | null;
  readonly followUpOf: string | null;
}
