import type { CaseFact } from '@filodiretto/contracts/model';
import type { CaseEvent } from './event.js';
import type { ActorKind } from './life-cycle.js';

/** When a fact gets in the way of a change that was meant for the case before it. */
export type Conflict =
  | 'always'
  | 'never'
  /** When a person did it: a citizen, an operator, an office. */
  | 'by_people'
  /** When somebody said it, not a machine of ours. */
  | 'unless_automatic'
  /** When the law gives an effect to it. */
  | 'with_effect';

/**
 * Which facts get in the way of a change by somebody who has not seen them: whatever a person did, and whatever changed where the
 * case stands, who has it, what it is and by when. What machines of ours write down of their own work does not.
 */
export const CONFLICTS: Readonly<Record<CaseFact, Conflict>> = {
  opened: 'always',
  triaged: 'always',
  assigned: 'always',
  reassigned: 'always',
  taken_in_charge: 'always',
  competence_refused: 'always',
  scheduled: 'always',
  paused: 'always',
  suspended: 'always',
  resumed: 'always',
  extended: 'always',
  interrupted: 'always',
  resolved: 'always',
  closed: 'always',
  rejected: 'always',
  marked_duplicate: 'always',
  withdrawn: 'always',
  reopened: 'always',
  priority_changed: 'always',
  category_changed: 'always',
  kind_changed: 'always',
  fields_changed: 'always',
  located: 'always',
  substituted: 'always',
  confidentiality_changed: 'always',
  message_received: 'always',
  office_answered: 'always',
  asked: 'always',
  task_answered: 'always',
  task_refused: 'always',
  task_extended: 'always',
  task_cancelled: 'always',
  linked: 'always',
  unlinked: 'always',
  merged: 'always',
  merged_into: 'always',
  unmerged: 'always',
  split: 'always',
  split_from: 'always',
  attached: 'always',
  detached: 'always',
  members_attached: 'always',
  members_detached: 'always',
  announced: 'always',
  reply_queued: 'unless_automatic',
  reply_withdrawn: 'always',
  note_added: 'by_people',
  tagged: 'by_people',
  untagged: 'by_people',
  deadline_breached: 'with_effect',
  deadline_warned: 'never',
  deadline_recounted: 'never',
  reminded: 'never',
  escalated: 'never',
  chased: 'never',
  erased: 'never',
  letter_queued: 'never',
  letter_delayed: 'never',
  answer_set_aside: 'never',
  glass_broken: 'never',
  delivery_failed: 'never',
  call_recorded: 'never',
};

const PEOPLE: ReadonlySet<ActorKind> = new Set<ActorKind>(['contact', 'operator', 'office']);

/** Whether whoever asks for a change must have seen this fact of the case. */
export function conflicts({ fact, data }: Pick<CaseEvent, 'fact' | 'data'>, by: ActorKind): boolean {
  switch (CONFLICTS[fact]) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'by_people':
      return PEOPLE.has(by);
    case 'unless_automatic':
      return 'automatic' in data && data.automatic === null;
    case 'with_effect':
      return 'effect' in data && data.effect !== 'none';
  }
}

/**
 * Whether a change meant for a version of a case can be made at a later one. `changed`: the version of the last fact that gets in
 * the way.
 */
export const isStale = (seen: number, case_: { readonly version: number; readonly changed: number }): boolean =>
  seen > case_.version || seen < case_.changed;
