import { Address } from '../message/address.js';
import { AnyText, Bag, Flag, Id, Ids, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import {
  CASE_COMMANDS,
  CASE_KINDS,
  CASE_STATES,
  OUTCOMES,
  PRIORITIES,
  type CaseCommand,
  type CaseKind,
  type CaseState,
  type Outcome,
  type Priority,
} from '../model.js';
import { DeadlineView, HoldingView } from './deadline.js';
import { CaseFieldView } from './field.js';
import { JournalEntryView } from './journal.js';
import { MessageView } from './message.js';
import { CaseFilter } from './case-filter.js';
import { After, Limit } from './page.js';
import { PlaceView } from './place.js';
import { TaskView } from './task.js';
import type { ProblemName } from './problems.js';
import { CategoryRef, ContactRef, OfficeRef, OperatorRef, TagRef } from './refs.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Which cases, and which page of them. Every filter given must hold. */
export class ListCases extends CaseFilter {
  @OneOf('The newest first, or those whose next term ends first; a search by words has its own order', ['newest', 'nextDue'], {
    optional: true,
    example: 'newest',
  })
  readonly sort?: 'newest' | 'nextDue';
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}

/** A case in a list. */
export class CaseSummary {
  @Id('Case') readonly id: string;
  @Text('Its number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @AnyText('What it is about, in one line', { max: 2_000, example: 'Lampione spento in via Roma' })
  readonly subject: string;
  @OneOf('State', CASE_STATES, { example: 'assigned' }) readonly state: CaseState;
  @OneOf('Kind', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @OneOf('Priority', PRIORITIES, { example: 'normal' }) readonly priority: Priority;
  @One('Category', () => CategoryRef, { optional: true }) readonly category?: CategoryRef;
  @One('Office that answers for it', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('Operator it is assigned to', () => OperatorRef, { optional: true }) readonly assignee?: OperatorRef;
  @One('Whose it is', () => ContactRef, { optional: true }) readonly contact?: ContactRef;
  @Text('Channel it was opened on; absent when by hand', { max: 40, optional: true, example: 'email' })
  readonly channel?: string;
  @InstantField('When it was opened') readonly openedAt: string;
  @InstantField('When something was last said', { optional: true }) readonly lastMessageAt?: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @Text('By when', { max: 10, pattern: DATE, optional: true, example: '2026-04-09' }) readonly dueDate?: string;
  @InstantField('The nearest of its terms that run', { optional: true }) readonly nextDueAt?: string;
  @Whole('Version: its ETag, between quotes', { min: 1, example: 3 }) readonly version: number;
}

/** Cases, the newest first. */
export class CasePage {
  @ListOf('Cases', () => CaseSummary, { max: 200 }) readonly items: CaseSummary[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}

/** What staff say among themselves inside a case. Never sent. */
export class InternalNoteView {
  @Id('Note') readonly id: string;
  @One('The operator who wrote', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @One('The office that wrote, in the page of a letter', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @Text('The body outside that wrote, in the page of a question', { max: 300, optional: true, example: 'Acquedotto S.p.A.' })
  readonly body?: string;
  @Id('The link of a letter in whose page it was written: the journal names it as its cause', { optional: true })
  readonly link?: string;
  @Text('The note', { max: 20_000, example: 'Sentito il manutentore: interviene giovedì.' }) readonly text: string;
  @InstantField('When') readonly createdAt: string;
}

/** One line of what happened in a case: a fact, a message or a note. */
export class TimelineEntry {
  @OneOf('What it is', ['fact', 'message', 'note'], { example: 'message' }) readonly type: 'fact' | 'message' | 'note';
  @InstantField('When') readonly at: string;
  @One('The fact', () => JournalEntryView, { optional: true }) readonly fact?: JournalEntryView;
  @One('The message', () => MessageView, { optional: true }) readonly message?: MessageView;
  @One('The note', () => InternalNoteView, { optional: true }) readonly note?: InternalNoteView;
}

/** Where an answer goes instead, when it cannot go back the way the citizen wrote. */
export class AnsweredElsewhere {
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @One('Address', () => Address) readonly address: Address;
}

/** A conversation of a case, and whether an answer can go there now. */
export class CaseConversation {
  @Id('Conversation') readonly id: string;
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @Text('Account of the channel', { max: 200, example: 'urp@comune.example' }) readonly account: string;
  @One('Where an answer goes', () => Address) readonly address: Address;
  @Flag('Said among offices: the citizen neither sees it nor is answered there', { optional: true })
  readonly internal?: boolean;
  @InstantField("The citizen's last message", { optional: true }) readonly lastInboundAt?: string;
  @Flag('Whether a free reply is accepted now') readonly mayReply: boolean;
  @One('Where the reply goes instead, at an address the citizen gave', () => AnsweredElsewhere, { optional: true })
  readonly instead?: AnsweredElsewhere;
  @Text('Why not: the name of the problem', { max: 40, optional: true, example: 'reply-window-closed' })
  readonly because?: ProblemName;
  @InstantField('Until when a free reply is accepted, where that ends', { optional: true }) readonly replyUntil?: string;
}

/** A case, with everything that happened in it. */
export class CaseView extends CaseSummary {
  @Text('Code of the level that says who may know of it; absent: it is not confidential', { max: 100, optional: true, example: 'minors' })
  readonly confidentiality?: string;
  @One('Who holds it now, since when, until when', () => HoldingView) readonly holding: HoldingView;
  @ListOf('What is promised, and where each promise stands', () => DeadlineView, { max: 1_000 })
  readonly deadlines: DeadlineView[];
  @ListOf('Questions put to other offices and bodies, oldest first', () => TaskView, { max: 100_000 })
  readonly tasks: TaskView[];
  @Text('Account of the channel it was opened on', { max: 200, optional: true }) readonly account?: string;
  @OneOf('Outcome', OUTCOMES, { optional: true }) readonly outcome?: Outcome;
  @Text('Why this outcome', { max: 100, optional: true }) readonly outcomeReason?: string;
  @Text('When work is planned', { max: 10, pattern: DATE, optional: true }) readonly plannedDate?: string;
  @InstantField('When the office that holds it accepted it', { optional: true }) readonly takenInChargeAt?: string;
  @Whole('How many times an office said it was not theirs', { example: 0 }) readonly refusals: number;
  @Whole('How many times the citizen asked again', { example: 0 }) readonly chases: number;
  @InstantField('When they last did', { optional: true }) readonly chasedAt?: string;
  @Id('The leading case, when this is a duplicate', { optional: true }) readonly duplicateOf?: string;
  @Id('The case that took in everything said here: one goes on there', { optional: true }) readonly mergedInto?: string;
  @Id('The ended case that this one follows up', { optional: true }) readonly followUpOf?: string;
  @One('Where it is, as far as it was said', () => PlaceView, { optional: true }) readonly place?: PlaceView;
  @InstantField('When it last changed') readonly updatedAt: string;
  @ListOf('Its tags, by label', () => TagRef, { max: 1_000 }) readonly tags: TagRef[];
  @ListOf('What it holds in the fields of its category', () => CaseFieldView, { max: 1_000 }) readonly fields: CaseFieldView[];
  @ListOf('Who follows it, by name', () => OperatorRef, { max: 10_000 }) readonly followers: OperatorRef[];
  @Texts('The commands of the life cycle that its state accepts', { max: 20, maxLength: 40, example: ['takeCharge', 'assign'] })
  readonly commands: CaseCommand[];
  @ListOf('Its conversations, and where an answer can go', () => CaseConversation, { max: 1_000 })
  readonly conversations: CaseConversation[];
  @ListOf('Everything that happened, oldest first', () => TimelineEntry, { max: 100_000 })
  readonly timeline: TimelineEntry[];
}

/** What a person says of themselves, at the desk or by telephone. */
export class ContactByHand {
  @Text('Name', { max: 300, optional: true, example: 'Mario Bianchi' }) readonly name?: string;
  @ListOf('Where they can be reached', () => Address, {
    max: 5,
    optional: true,
    example: [{ kind: 'email', value: 'mario.bianchi@example.org' }],
  })
  readonly addresses?: Address[];
}

/** Opens a case by hand: somebody came to the desk, or called. */
export class OpenCaseByHand {
  @Text('What is asked, in one line', { max: 300, example: 'Lampione spento in via Roma 12' }) readonly subject: string;
  @Text('What was said, in the words of the operator', {
    max: 20_000,
    optional: true,
    example: 'La signora segnala che il lampione davanti al numero 12 è spento da tre giorni.',
  })
  readonly text?: string;
  @OneOf('Kind', CASE_KINDS, { optional: true, example: 'report' }) readonly kind?: CaseKind;
  @OneOf('Priority', PRIORITIES, { optional: true, example: 'normal' }) readonly priority?: Priority;
  @Id('Category', { optional: true }) readonly category?: string;
  @Id("Office that answers; absent: the category's, else the operator's", { optional: true }) readonly office?: string;
  @Id('Operator it is assigned to', { optional: true }) readonly assignee?: string;
  @Id('A contact we know', { optional: true }) readonly contact?: string;
  @One('A contact we may not know yet', () => ContactByHand, { optional: true }) readonly newContact?: ContactByHand;
  @Id('The ended case that this one follows up', { optional: true }) readonly followUpOf?: string;
  @Bag('Fields of the category, by code', { optional: true, example: { tipo_lampada: 'led' } })
  readonly fields?: Record<string, unknown>;
}

/** A text approved beforehand, for when the channel accepts no free one. */
export class ReplyTemplate {
  @Text('Name of the template', { max: 512, example: 'pratica_aggiornata' }) readonly name: string;
  @Text('Language', { max: 20, example: 'it' }) readonly language: string;
  @Texts('Values, in order', { max: 50, maxLength: 1_024, example: ['2026-004217-3'] }) readonly parameters: string[];
}

/** Answers the citizen, on the channel they wrote from unless another conversation of the case is named. */
export class WriteReply {
  @Text('The words; absent when a template speaks, or files alone', {
    max: 60_000,
    optional: true,
    example: 'Buongiorno, il lampione sarà riparato giovedì. Cordiali saluti',
  })
  readonly text?: string;
  @One('The template that speaks instead', () => ReplyTemplate, { optional: true }) readonly template?: ReplyTemplate;
  @Id('A template of ours, filled from the case, instead of words', { optional: true }) readonly textTemplate?: string;
  @Ids('Files to send with it: the ids of uploads', { max: 20, optional: true }) readonly attachments?: string[];
  @Id('Conversation to answer in; absent: the one of the last message from the citizen', { optional: true })
  readonly conversation?: string;
  @Text('Title, where the channel has one; absent: that of the message answered', { max: 500, optional: true })
  readonly subject?: string;
  @OneOf('Where the answer may be seen; absent: where the message answered was', ['public', 'parties'], {
    optional: true,
  })
  readonly visibility?: 'public' | 'parties';
  @Text('Why a public answer may hold what looks like personal data; kept with the message', {
    max: 500,
    optional: true,
    example: 'È il numero pubblico del servizio'
  })
  readonly confirm?: string;
  @Whole('Seconds for which it is held, and can be taken back, before it leaves', { max: 30, optional: true, example: 10 })
  readonly sendAfter?: number;
}

/** Calls the citizen from the case and joins the operator. */
export class PlaceCall {
  @Text('Where the operator answers', { max: 320, example: '+390612345678' }) readonly operatorAddress: string;
  @Id('Conversation to call in; absent: one whose channel can call', { optional: true }) readonly conversation?: string;
  @AnyText('Words said to the person first', { max: 1_000, optional: true }) readonly announcement?: string;
}

export class WriteNote {
  @Text('The note', { max: 20_000, example: 'Sentito il manutentore: interviene giovedì.' }) readonly text: string;
}

/** The citizen asked again, by voice. */
export class RegisterChase {
  @Text('What they said, in the words of the operator: it becomes an internal note', {
    max: 20_000,
    optional: true,
    example: 'La signora chiede quando sarà riparato il lampione.',
  })
  readonly text?: string;
}

/** Changes what a case is, without moving it along its life cycle; another office or assignee is a new assignment. */
export class ChangeCase {
  @OneOf('Priority', PRIORITIES, { optional: true, example: 'high' }) readonly priority?: Priority;
  @OneOf('Kind', CASE_KINDS, { optional: true }) readonly kind?: CaseKind;
  @Id('Category', { optional: true }) readonly category?: string;
  @Id('Office that answers', { optional: true }) readonly office?: string;
  @Id('Operator it is assigned to', { optional: true }) readonly assignee?: string;
  @Text('Why', { max: 2_000, optional: true, example: 'Pericolo per i pedoni' }) readonly reason?: string;
  @Bag('Fields of the category, by code; null takes a value away', { optional: true, example: { tipo_lampada: 'led' } })
  readonly fields?: Record<string, unknown>;
}

const TRANSITIONS = CASE_COMMANDS.filter(command => command !== 'open');
export type TransitionName = Exclude<CaseCommand, 'open'>;

/** A command of the life cycle. Which of the other fields it needs is said by the rules, field by field. */
export class MoveCase {
  @OneOf('What is asked of the case', TRANSITIONS, { example: 'resolve' }) readonly command: TransitionName;
  @Text('Why', { max: 2_000, optional: true }) readonly reason?: string;
  @Id('`assign`: the office that answers; `refuseCompetence`: the one that may be the right one', { optional: true }) readonly office?: string;
  @Id('`assign`: the operator', { optional: true }) readonly assignee?: string;
  @Text('`schedule`: the date of the work', { max: 10, pattern: DATE, optional: true, example: '2026-03-12' })
  readonly plannedDate?: string;
  @Text('`extend`: the new date', { max: 10, pattern: DATE, optional: true }) readonly dueDate?: string;
  @Text('`suspend`, `interrupt`: the legal basis', { max: 500, optional: true }) readonly legalBasis?: string;
  @OneOf('`resolve`: the outcome', OUTCOMES, { optional: true, example: 'positive' }) readonly outcome?: Outcome;
  @Text('`resolve`: why this outcome', { max: 100, optional: true, pattern: /^[a-z][a-z0-9_]*$/, example: 'done' })
  readonly outcomeReason?: string;
  @Text('What the citizen is told, sent as a reply: `resolve`, `reject`, `askCitizen`', {
    max: 60_000,
    optional: true,
    example: 'Il lampione è stato riparato. Grazie della segnalazione.',
  })
  readonly text?: string;
  @Id('A template of ours, filled from the case, instead of words; absent both: the one of the outcome', { optional: true })
  readonly textTemplate?: string;
  @Id('Conversation that the text goes to; absent: the one of the last message from the citizen', { optional: true })
  readonly conversation?: string;
  @Flag('The citizen was told in person or by telephone, instead of in writing', { optional: true })
  readonly spoken?: boolean;
  @Id('`markDuplicate`: the leading case', { optional: true }) readonly leading?: string;
  @Text('`resolve`, `reject`, `markDuplicate`: why it ends although questions to other offices are open; they are cancelled', {
    max: 2_000,
    optional: true,
    example: 'Risolto senza attendere la risposta',
  })
  readonly leavingTasksOpen?: string;
}

/** How many cases stand where. */
export class CaseCount {
  @One('Office; absent: nobody was chosen yet', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @OneOf('State', CASE_STATES, { example: 'assigned' }) readonly state: CaseState;
  @Whole('How many', { example: 12 }) readonly cases: number;
}
export class CaseCounts {
  @ListOf('For each office and state', () => CaseCount, { max: 100_000 }) readonly items: CaseCount[];
}
