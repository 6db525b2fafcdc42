import { Bag, Decimal, Flag, Id, Ids, InstantField, ListOf, ManyOf, Numbers, One, OneOf, Text, Texts, Whole } from '../fields.js';
import {
  CASE_KINDS,
  NAMED_THINGS,
  OFFER_STATES,
  PRESENCES,
  PRIORITIES,
  STRATEGIES,
  WORK_STATES,
  type CaseKind,
  type NamedThing,
  type OfferState,
  type Presence,
  type Priority,
  type Strategy,
  type WorkState,
} from '../model.js';
import { CategoryRef, ContactRef, OfficeRef, OperatorRef } from './refs.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Something whoever answers must be able to do. */
export class SkillNeed {
  @Text('Skill; a language is `language:` and its code', { max: 100, example: 'tributi' }) readonly skill: string;
  @Whole('Least level', { min: 1, max: 5, example: 2 }) readonly level: number;
  @Whole('Seconds of waiting after which it is no longer required', { optional: true, max: 604_800 })
  readonly relaxAfterSeconds?: number;
}
export class WordsCondition {
  @Texts('One of them is enough; a final * stands for any ending', { max: 100, maxLength: 100, optional: true, example: ['lampion*'] })
  readonly any?: string[];
  @Texts('All of them', { max: 100, maxLength: 100, optional: true }) readonly all?: string[];
  @Texts('None of them', { max: 100, maxLength: 100, optional: true }) readonly none?: string[];
}
export class HoursCondition {
  @Numbers('Days of the week: Monday is 1', { max: 7, optional: true, example: [6, 7] }) readonly weekdays?: number[];
  @Text('From this hour, included', { max: 5, pattern: TIME, optional: true, example: '18:00' }) readonly from?: string;
  @Text('Until this hour, excluded; before `from`: over midnight', { max: 5, pattern: TIME, optional: true, example: '08:00' })
  readonly to?: string;
  @Flag('Whether the office is open', { optional: true }) readonly open?: boolean;
}
/** What must hold: all that is given; of a list one is enough. Nothing given: always. */
export class ConditionsView {
  @Texts('Channels', { max: 100, maxLength: 40, optional: true }) readonly channel?: string[];
  @Texts('Accounts', { max: 1_000, maxLength: 200, optional: true }) readonly account?: string[];
  @Texts('Forms', { max: 100, maxLength: 100, optional: true, example: ['segnalazione'] }) readonly form?: string[];
  @Texts('Codes of categories that the citizen chose', { max: 1_000, maxLength: 100, optional: true }) readonly category?: string[];
  @Texts('Kinds', { max: 20, maxLength: 40, optional: true, example: ['report'] }) readonly kind?: CaseKind[];
  @Texts('Languages, BCP 47; `en` holds for all of its regions', { max: 100, maxLength: 35, optional: true }) readonly language?: string[];
  @One('Words, whatever their case and accents', () => WordsCondition, { optional: true }) readonly words?: WordsCondition;
  @Texts('Areas of the place', { max: 1_000, maxLength: 100, optional: true }) readonly area?: string[];
  @One('When it came', () => HoursCondition, { optional: true }) readonly hours?: HoursCondition;
  @Flag('Whether the person had written before', { optional: true }) readonly knownContact?: boolean;
}

/** A routing rule as it is written. */
export class WriteRoutingRule {
  @Text('What people call it', { max: 200, optional: true, example: 'Alberi caduti' }) readonly name?: string;
  @Flag('Whether it decides; one that is off can be tried on past cases', { optional: true }) readonly enabled?: boolean;
  @One('When it holds', () => ConditionsView) readonly when: ConditionsView;
  @Id('Office it gives', { optional: true }) readonly office?: string;
  @OneOf('Kind it gives', CASE_KINDS, { optional: true }) readonly kind?: CaseKind;
  @OneOf('Priority it gives', PRIORITIES, { optional: true }) readonly priority?: Priority;
  @Id('Category it gives', { optional: true }) readonly category?: string;
  @ListOf('What whoever answers must be able to do', () => SkillNeed, { max: 20, optional: true }) readonly skills?: SkillNeed[];
  @Text('Code of the deadline policy under which the case begins', { max: 100, optional: true }) readonly deadlinePolicy?: string;
  @Text('Code of the level of who may know of the case', { max: 100, optional: true }) readonly confidentiality?: string;
  @Texts('Codes of the tags it gives', { max: 20, maxLength: 100, optional: true }) readonly tags?: string[];
}
/** A routing rule. */
export class RoutingRuleView {
  @Id('Rule') readonly id: string;
  @Whole('Place in the order: the first that holds decides', { min: 0, example: 10 }) readonly position: number;
  @Text('What people call it', { max: 200, optional: true }) readonly name?: string;
  @Flag('Whether it decides') readonly enabled: boolean;
  @One('When it holds', () => ConditionsView) readonly when: ConditionsView;
  @Text('The same in words (Italian)', { max: 10_000, example: 'modulo «segnalazione», parole «albero»' }) readonly sentence: string;
  @One('Office it gives', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @OneOf('Kind it gives', CASE_KINDS, { optional: true }) readonly kind?: CaseKind;
  @OneOf('Priority it gives', PRIORITIES, { optional: true }) readonly priority?: Priority;
  @One('Category it gives', () => CategoryRef, { optional: true }) readonly category?: CategoryRef;
  @ListOf('What whoever answers must be able to do', () => SkillNeed, { max: 20 }) readonly skills: SkillNeed[];
  @Text('Code of the deadline policy under which the case begins', { max: 100, optional: true }) readonly deadlinePolicy?: string;
  @Text('Code of the level of who may know of the case', { max: 100, optional: true }) readonly confidentiality?: string;
  @Texts('Codes of the tags it gives', { max: 20, maxLength: 100 }) readonly tags: string[];
  @ManyOf('What it names that is not in use here any more: without a `category` or an `area` it holds for nothing new, an `office` gets nothing by it', NAMED_THINGS)
  readonly missing: NamedThing[];
}
export class RoutingRuleList {
  @ListOf('Rules, in order', () => RoutingRuleView, { max: 10_000 }) readonly items: RoutingRuleView[];
}
export class OrderRoutingRules {
  @Ids('All rules of the administration, in the order in which they are to be looked at', {
    max: 10_000,
    example: ['0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70'],
  }) readonly rules: string[];
}
export class SimulateRoutingRules {
  @ListOf('Rules to try, in order; absent: those there are, the ones that are off as if they were on', () => WriteRoutingRule, {
    max: 1_000,
    optional: true,
  })
  readonly rules?: WriteRoutingRule[];
  @Whole('How many of the last cases that came by a channel', { min: 1, max: 1_000, optional: true, example: 200 })
  readonly cases?: number;
}
/** Where a past case would go, compared with where it went. */
export class SimulatedCase {
  @Id('Case') readonly case: string;
  @Text('Number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @Text('What it is about', { max: 500 }) readonly subject: string;
  @One('Where it went first', () => OfficeRef, { optional: true }) readonly went?: OfficeRef;
  @One('Who has it now', () => OfficeRef, { optional: true }) readonly isNow?: OfficeRef;
  @One('Where it would go', () => OfficeRef, { optional: true }) readonly would?: OfficeRef;
  @OneOf('`same`: where it went; `mended`: where people moved it to afterwards; `other`: elsewhere', ['same', 'mended', 'other'])
  readonly verdict: 'same' | 'mended' | 'other';
  @OneOf('Kind it would be', CASE_KINDS) readonly kind: CaseKind;
  @OneOf('Priority it would have', PRIORITIES) readonly priority: Priority;
  @Text('Why (Italian)', { max: 10_000 }) readonly sentence: string;
}
export class SimulationView {
  @Whole('Cases looked at', {}) readonly cases: number;
  @Whole('Of which to where they went', {}) readonly same: number;
  @Whole('Of which to where people moved them to', {}) readonly mended: number;
  @Whole('Of which elsewhere', {}) readonly other: number;
  @ListOf('Each of them, the newest first', () => SimulatedCase, { max: 1_000 }) readonly items: SimulatedCase[];
}

/** An operator says where they are. */
export class ChangePresence {
  @OneOf('Where they are', ['available', 'busy', 'away', 'offline'], { example: 'available' }) readonly status: Presence;
  @Texts('Channels they answer now; absent: all', { max: 100, maxLength: 40, optional: true }) readonly channels?: string[];
}
/** Where an operator is, and how much they have in hand. */
export class PresenceView {
  @One('Operator', () => OperatorRef) readonly operator: OperatorRef;
  @OneOf('Where they are', PRESENCES, { example: 'available' }) readonly status: Presence;
  @InstantField('Since when') readonly since: string;
  @InstantField('Last sign of life; none for 30 seconds counts as gone', { optional: true }) readonly heartbeatAt?: string;
  @InstantField('Until when they write up their last contact', { optional: true }) readonly wrapUpUntil?: string;
  @Texts('Channels they answer; absent: all', { max: 100, maxLength: 40, optional: true }) readonly channels?: string[];
  @Whole('How much they can have in hand', { example: 100 }) readonly capacity: number;
  @Whole('How much of it is taken by what was offered to them and they accepted', { example: 40 }) readonly load: number;
  @Whole('Weight of what was given to them or taken by hand, beside it', { example: 0 }) readonly byHandLoad: number;
}

export class SkillView {
  @Text('Skill', { max: 100, example: 'tributi' }) readonly skill: string;
  @Whole('Level', { min: 1, max: 5, example: 3 }) readonly level: number;
}
/** What an operator can do, and how much at once. */
export class OperatorSkills {
  @Whole('How much they can have in hand', { max: 1_000, example: 100 }) readonly capacity: number;
  @ListOf('Skills', () => SkillView, { max: 100 }) readonly skills: SkillView[];
}

/** What one contact of a channel takes of an operator. */
export class ChannelWeight {
  @Text('Channel', { max: 40 }) readonly channel: string;
  @Whole('How much of the capacity', { min: 1, max: 1_000, example: 20 }) readonly weight: number;
  @Whole('Most that one operator has at once', { min: 1, max: 1_000, optional: true }) readonly maxAtOnce?: number;
  @Flag('Somebody waits at the other end: it does not stay with an operator who is gone') readonly live: boolean;
  @Flag('Whoever has one is given nothing else meanwhile') readonly exclusive: boolean;
  @Flag('Whoever has one may be given something exclusive meanwhile') readonly interruptible: boolean;
}
export class ChannelWeights {
  @ListOf('All that differ from the usual weight of 10', () => ChannelWeight, {
    max: 1_000,
    example: [{ channel: 'canale', weight: 20, live: true, exclusive: false, interruptible: true }],
  }) readonly items: ChannelWeight[];
}
export class ChannelWeightsView extends ChannelWeights {
  @Whole('Version; 0: nothing was decided yet', { example: 1 }) readonly version: number;
}

export class RingView {
  @Whole('From how many seconds of waiting on', { max: 604_800, example: 60 }) readonly afterSeconds: number;
  @Texts('Skills no longer required; `*`: all', { max: 100, maxLength: 100, optional: true }) readonly dropSkills?: string[];
  @Whole('By how much the levels required are lowered', { max: 4, optional: true }) readonly lowerLevelsBy?: number;
  @Ids('Offices whose operators may take it too', { max: 20, optional: true }) readonly addOffices?: string[];
}
export class ScoringView {
  @Decimal('Points of each level of priority', { min: 0, max: 10_000, example: 30 }) readonly perPriority: number;
  @Decimal('Points of each minute of waiting; above zero, or the last would wait for ever', { min: 0.001, max: 10_000, example: 1 })
  readonly perMinute: number;
  @Decimal('Points of what is due', { min: 0, max: 10_000, example: 15 }) readonly ofDue: number;
  @Whole('From how many seconds before it is due work gains points', { max: 604_800, example: 600 }) readonly dueWithinSeconds: number;
}
/** How an office gives out the work of its queue. What is absent is as usual. */
export class WriteQueueSettings {
  @OneOf('`pull`: operators take, nothing is offered', STRATEGIES, { example: 'longest_idle' }) readonly strategy: Strategy;
  @One('How what waits is weighed', () => ScoringView, { optional: true }) readonly scoring?: ScoringView;
  @ListOf('What is no longer required after a while', () => RingView, { max: 6, optional: true }) readonly rings?: RingView[];
  @Whole('Seconds to accept an offer', { min: 5, max: 3_600, optional: true }) readonly leaseSeconds?: number;
  @Whole('Seconds for which whoever refused is not offered it again', { max: 86_400, optional: true }) readonly excludeSeconds?: number;
  @Whole('Offers in a row that lapse before an operator counts as away', { min: 1, max: 100, optional: true })
  readonly missesBeforeAway?: number;
  @Whole('Seconds after a live contact to write it up', { max: 3_600, optional: true }) readonly wrapUpSeconds?: number;
  @Flag('Offers need no answer', { optional: true }) readonly autoAccept?: boolean;
  @Whole('To how many at once, when the first to accept has it', { min: 2, max: 20, optional: true }) readonly offersAtOnce?: number;
  @Whole('Days for which whoever answered a person is preferred', { max: 365, optional: true }) readonly stickyDays?: number;
  @Whole('Seconds for which work waits for them alone', { max: 3_600, optional: true }) readonly stickyWaitSeconds?: number;
  @Whole('Seconds within which work should be in somebody\'s hands', { min: 1, max: 2_592_000, optional: true })
  readonly targetSeconds?: number;
  @Whole('Minutes offline after which work that is not live goes back to the queue; absent: it does not', { min: 1, max: 10_080, optional: true })
  readonly endOfShiftMinutes?: number;
}
export class QueueSettingsView extends WriteQueueSettings {
  @Whole('Version; 0: all is as usual', { example: 1 }) readonly version: number;
}

/** A queue now. */
export class QueueView {
  @One('Office', () => OfficeRef) readonly office: OfficeRef;
  @OneOf('How it gives out its work', STRATEGIES) readonly strategy: Strategy;
  @Whole('What waits', {}) readonly waiting: number;
  @Whole('What is being offered', {}) readonly offered: number;
  @Whole('What people have in hand', {}) readonly inHand: number;
  @Whole('Seconds that the oldest has waited', { optional: true }) readonly oldestWaitSeconds?: number;
  @Whole('Operators who are there and available', {}) readonly available: number;
  @Whole('Of which can take more', {}) readonly free: number;
}
export class QueueList {
  @ListOf('Queues, by the name of their office', () => QueueView, { max: 100_000 }) readonly items: QueueView[];
}

/** The case of some work. */
export class WorkCase {
  @Id('Case') readonly id: string;
  @Text('Number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @Text('What it is about', { max: 500 }) readonly subject: string;
}
/** Work offered to an operator. */
export class OfferView {
  @Id('Offer') readonly id: string;
  @Id('Work item') readonly workItem: string;
  @One('Case', () => WorkCase) readonly case: WorkCase;
  @One('Whose case it is', () => ContactRef, { optional: true }) readonly contact?: ContactRef;
  @One('Whose queue it is from', () => OfficeRef) readonly office: OfficeRef;
  @One('Whom it was made to', () => OperatorRef) readonly operator: OperatorRef;
  @OneOf('State', OFFER_STATES) readonly state: OfferState;
  @OneOf('Priority', PRIORITIES) readonly priority: Priority;
  @Text('Channel', { max: 40, optional: true }) readonly channel?: string;
  @Flag('Whether others were offered it too: the first to accept has it') readonly shared: boolean;
  @InstantField('When it was made') readonly offeredAt: string;
  @InstantField('Until when it can be accepted') readonly expiresAt: string;
  @InstantField('When it was over', { optional: true }) readonly settledAt?: string;
  @Text('Why it was over (Italian)', { max: 1_000, optional: true }) readonly reason?: string;
  @Text('Why it was made, and to this operator (Italian)', { max: 5_000 }) readonly sentence: string;
  @Bag('What was looked at, as data') readonly explanation: Record<string, unknown>;
}
export class OfferList {
  @ListOf('Offers, the oldest first', () => OfferView, { max: 1_000 }) readonly items: OfferView[];
}
export class RejectOffer {
  @Text('Why', { max: 1_000, optional: true, example: 'Sono al telefono' }) readonly reason?: string;
}

/** Something that waits for a person, or that a person has in hand. */
export class WorkItemView {
  @Id('Work item') readonly id: string;
  @One('Case', () => WorkCase) readonly case: WorkCase;
  @One('Office in whose queue it is', () => OfficeRef) readonly office: OfficeRef;
  @OneOf('State', WORK_STATES) readonly state: WorkState;
  @OneOf('Priority', PRIORITIES) readonly priority: Priority;
  @Text('Channel', { max: 40, optional: true }) readonly channel?: string;
  @Text('Language, BCP 47', { max: 35, optional: true }) readonly language?: string;
  @Whole('How much of an operator it takes', {}) readonly weight: number;
  @ListOf('What whoever answers must be able to do', () => SkillNeed, { max: 50 }) readonly skills: SkillNeed[];
  @InstantField('Since when its wait counts') readonly since: string;
  @InstantField('When it should be in somebody\'s hands', { optional: true }) readonly dueAt?: string;
  @One('Who has it', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @Flag('Whether it was given or taken by hand, beside the capacity') readonly byHand: boolean;
  @Text('Why it is in this queue (Italian)', { max: 10_000, optional: true }) readonly sentence?: string;
  @Bag('The same as data', { optional: true }) readonly explanation?: Record<string, unknown>;
  @ListOf('To whom it was offered, the oldest first', () => OfferView, { max: 1_000 }) readonly offers: OfferView[];
}
