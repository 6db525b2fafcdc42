import type { Schemas } from '../api/client.js';

type Command = Schemas['MoveCase']['command'];

/** What can be asked of a case that is no step of the life cycle. */
export const OTHER_ACTS = ['task', 'tag', 'change', 'place', 'macro', 'merge', 'incident', 'call', 'chase'] as const;
/** What is done with what was said in a case, with its neighbours, and with who may know of it. */
export const MORE_ACTS = ['announce', 'split', 'link', 'level'] as const;
export type MoreAct = (typeof MORE_ACTS)[number];
export type OtherAct = (typeof OTHER_ACTS)[number];

/** The steps that a form asks about, in the order in which they are offered. */
export const ASKED_STEPS = [
  'assign',
  'resolve',
  'refuseCompetence',
  'askCitizen',
  'askThird',
  'schedule',
  'extend',
  'suspend',
  'interrupt',
  'reject',
  'markDuplicate',
  'withdraw',
  'reopen',
  'close',
] as const satisfies readonly Command[];
export type AskedStep = (typeof ASKED_STEPS)[number];

/** The steps that are taken at once. */
export const PLAIN_STEPS = ['takeCharge', 'startTriage', 'resume'] as const satisfies readonly Command[];
export type PlainStep = (typeof PLAIN_STEPS)[number];

export type ActName = AskedStep | PlainStep | OtherAct | MoreAct;

/** Those whose button stands in the open; the others are in the menu and in the palette. */
export const FOREMOST: readonly ActName[] = ['takeCharge', 'resume', 'assign', 'resolve', 'task', 'reopen'];

/** The reasons that an outcome has as shipped. */
export const REASONS_OF = {
  positive: ['done', 'information_given', 'already_solved', 'granted'],
  partial: ['partly_done', 'partly_granted'],
  negative: ['refused', 'unfounded', 'not_feasible', 'no_resources'],
  not_applicable: ['no_answer_from_citizen'],
} as const;
export type Outcome = keyof typeof REASONS_OF;
export const OUTCOMES = Object.keys(REASONS_OF) as readonly Outcome[];

export const REJECT_REASONS = [
  'outside_competence',
  'abusive',
  'anonymous_not_accepted',
  'incomplete',
  'belongs_to_112',
] as const;
