import { Flag, Id, InstantField, ListOf, ManyOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { NAMED_THINGS, type CaseFact, type CaseState, type NamedThing, type Priority } from '../model.js';
import { CaseActions } from './macro.js';
import { After, Limit } from './page.js';
import { CaseRef, OperatorRef } from './refs.js';
import { ConditionsView } from './routing.js';

export class AutomationWhen extends ConditionsView {
  @Texts('States', { max: 20, maxLength: 40, optional: true, example: ['received'] }) readonly state?: CaseState[];
  @Texts('Priorities', { max: 10, maxLength: 40, optional: true }) readonly priority?: Priority[];
  @Texts('Ids of offices that hold it', { max: 1_000, maxLength: 40, optional: true }) readonly office?: string[];
  @Flag('Whether a person has it', { optional: true }) readonly assigned?: boolean;
  @Whole('Hours since it was opened, at least', { max: 100_000, optional: true }) readonly olderThanHours?: number;
}
const NAME = { max: 200, example: 'Parole di pericolo: urgente' } as const;
/** Acts on a case when one of the facts happens, or when nothing happened in it for some hours. */
export class WriteAutomation {
  @Text('Name', NAME) readonly name: string;
  @Texts('Facts that set it off', { max: 50, maxLength: 40, optional: true, example: ['opened'] }) readonly on?: CaseFact[];
  @Whole('Or else: hours in which nobody did anything in an open case', { min: 1, max: 100_000, optional: true })
  readonly quietHours?: number;
  @One('What must hold of the case then', () => AutomationWhen, { example: { words: { any: ['pericol*'] } } })
  readonly when: AutomationWhen;
  @One('What it does, all or nothing', () => CaseActions, { example: { change: { priority: 'urgent' } } })
  readonly actions: CaseActions;
  @Flag('Whether it acts; one that is off can be tried on past cases', { optional: true }) readonly enabled?: boolean;
}
export class AutomationView {
  @Id('Automation') readonly id: string;
  @Whole('Its version', { min: 1 }) readonly version: number;
  @Text('Name', NAME) readonly name: string;
  @Texts('Facts that set it off', { max: 50, maxLength: 40 }) readonly on: CaseFact[];
  @Whole('Hours in which nothing happened in an open case', { min: 1, optional: true }) readonly quietHours?: number;
  @One('What must hold of the case then', () => AutomationWhen) readonly when: AutomationWhen;
  @One('What it does, all or nothing', () => CaseActions) readonly actions: CaseActions;
  @Flag('Whether it acts') readonly enabled: boolean;
  @One('In whose name it writes notes', () => OperatorRef) readonly owner: OperatorRef;
  @Whole('How many times it acted', { example: 12 }) readonly done: number;
  @Whole('Refusals in a row', { example: 0 }) readonly failures: number;
  @Text('Why it was switched off, or was last refused', { max: 2_000, optional: true }) readonly trouble?: string;
  @InstantField('When it was switched off by the system', { optional: true }) readonly offAt?: string;
  @ManyOf('What it names of which nothing is in use here any more: it holds for no case that comes in from now on', NAMED_THINGS)
  readonly missing: NamedThing[];
}
export class AutomationList {
  @ListOf('All of them, by name', () => AutomationView, { max: 10_000 }) readonly items: AutomationView[];
}
export class AutomationHit {
  @One('The case', () => CaseRef) readonly case: CaseRef;
  @OneOf('Whether it would act as the case is now', ['acts', 'does_not'], { example: 'acts' }) readonly verdict: 'acts' | 'does_not';
}
/** What an automation would have been set off by, of the latest cases; as they are now. */
export class AutomationSimulation {
  @Whole('Cases looked at', { example: 200 }) readonly cases: number;
  @Whole('On how many it would act', { example: 12 }) readonly acts: number;
  @ListOf('The cases by which it would be set off', () => AutomationHit, { max: 1_000 }) readonly items: AutomationHit[];
}

const RUN_STATES = ['waiting', 'done', 'skipped', 'refused'] as const;
/** What became of a run: `skipped` when what must hold did not when it was its turn. */
export type RunState = (typeof RUN_STATES)[number];

/** Which runs, and which page of them. */
export class ListAutomationRuns {
  @OneOf('Of which this became', RUN_STATES, { optional: true, example: 'refused' }) readonly state?: RunState;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}
/** An automation, by name. */
export class AutomationRef {
  @Id('Automation') readonly id: string;
  @Text('Its name', NAME) readonly name: string;
}
/** What an automation did, or why it did not, of one thing that set it off. */
export class AutomationRunView {
  @Id('Run: the `cause` in the journal of what it did') readonly id: string;
  @One('The automation', () => AutomationRef) readonly automation: AutomationRef;
  @One('The case', () => CaseRef) readonly case: CaseRef;
  @OneOf('What became of it', RUN_STATES, { example: 'done' }) readonly state: RunState;
  @Text('Why it was refused, or what of it was left out', { max: 2_000, optional: true, example: 'no-reply-address: …' })
  readonly detail?: string;
  @Id('The entry of the journal that set it off, or after which it was quiet', { optional: true }) readonly cause?: string;
  @InstantField('When it was set off') readonly at: string;
}
export class AutomationRunPage {
  @ListOf('Runs, the newest first', () => AutomationRunView, { max: 200 }) readonly items: AutomationRunView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
