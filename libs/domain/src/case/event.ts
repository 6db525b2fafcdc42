import type {
  CaseFact,
  CaseKind,
  DeadlineClock,
  EffectOnExpiry,
  EscalationStep,
  Instant,
  Outcome,
  PlaceSource,
  Priority,
  RefusalReason,
  RejectReason,
} from '@filodiretto/contracts/model';
import type { ChaseReason } from '../intake/chase.js';
import type { OpenTask } from '../task/open-task.js';
import type { SaidBefore } from '../deadline/merge.js';

/** A deadline policy that a routing rule gave, by its code. */
export interface GivenPromise {
  readonly policy: string;
  /** Id of the rule. */
  readonly rule: string;
}

/** Why a letter cannot leave: nobody knows the address, or no running channel can write there. */
export type LetterTrouble = 'no_address' | 'no_channel';

/** Why an answer to a letter does not act: whoever wrote is not who was asked, the sender is not proven, or a machine wrote. */
export type AsideReason = 'stranger' | 'unauthenticated' | 'automatic';

/** A letter, and who it is for: an office, an operator, or neither when it is a body outside. */
interface LetterData {
  readonly letter: string;
  readonly kind: string;
  readonly office: string | null;
  readonly operator: string | null;
  readonly task: string | null;
}

/** Open questions to other offices that go with what passes between two cases. */
interface TasksPassing {
  readonly tasksIn?: readonly OpenTask[];
  readonly tasksOut?: readonly string[];
}

/** What each fact carries: ids, words of ours and reasons given by staff; never what a citizen wrote. */
export interface FactData {
  readonly opened: {
    readonly id: string;
    readonly administration: string;
    readonly number: string;
    readonly kind: CaseKind;
    readonly priority: Priority;
    readonly category: string | null;
    readonly contact: string | null;
    readonly channel: string | null;
    readonly account: string | null;
    readonly message: string | null;
    readonly followUpOf: string | null;
    /** What its terms begin under, whatever the kind of case is usually promised. */
    readonly promise?: GivenPromise;
  };
  readonly triaged: { readonly reason: string | null };
  readonly assigned: { readonly office: string; readonly assignee: string | null; readonly why: string | null };
  readonly reassigned: {
    readonly office: string;
    readonly assignee: string | null;
    readonly previousOffice: string | null;
    readonly previousAssignee: string | null;
    readonly why: string | null;
  };
  readonly taken_in_charge: {
    /** Null when an office did, of which nobody logged in. */
    readonly operator: string | null;
  };
  readonly competence_refused: {
    readonly office: string | null;
    readonly reason: string;
    readonly refusals: number;
    /** From the third refusal on a person decides, never the routing rules. */
    readonly personDecides: boolean;
    /** Whose it may be, in the words of who refused. */
    readonly suggestedOffice?: string | null;
    /** The person who decides. */
    readonly decider?: string | null;
  };
  readonly scheduled: { readonly plannedDate: string; readonly reason: string | null };
  readonly paused: {
    readonly waitingFor: 'citizen' | 'third';
    readonly reason: string | null;
    readonly message: string | null;
  };
  readonly suspended: { readonly legalBasis: string; readonly reason: string | null };
  readonly resumed: { readonly message: string | null };
  readonly extended: { readonly dueDate: string; readonly previousDueDate: string | null; readonly reason: string };
  /** By law the whole term starts again from zero. */
  readonly interrupted: { readonly legalBasis: string; readonly reason: string | null };
  readonly resolved: {
    readonly outcome: Outcome;
    readonly outcomeReason: string;
    readonly message: string | null;
    readonly spoken: boolean;
    /** Who is told are the citizens of the incident. */
    readonly announcement?: string;
  };
  readonly closed: { readonly reason: string | null };
  readonly rejected: { readonly reason: RejectReason; readonly message: string | null; readonly spoken: boolean };
  readonly marked_duplicate: { readonly leading: string };
  readonly withdrawn: { readonly reason: string | null };
  readonly reopened: {
    readonly to: 'assigned' | 'triage';
    readonly reason: string | null;
    readonly message: string | null;
  };
  readonly priority_changed: { readonly from: Priority; readonly to: Priority; readonly reason: string | null };
  readonly category_changed: { readonly from: string | null; readonly to: string | null };
  readonly kind_changed: { readonly from: CaseKind; readonly to: CaseKind };
  readonly message_received: { readonly message: string; readonly channel: string };
  readonly reply_queued: {
    readonly message: string;
    readonly channel: string;
    readonly attempt: number;
    readonly automatic: 'acknowledgement' | 'notification' | null;
  };
  /** A reply was taken back before it left: nobody was told anything. */
  readonly reply_withdrawn: {
    readonly message: string;
    /** When it was queued: what ended then for its sake had not ended. */
    readonly queuedAt: Instant;
    /** When somebody was told something else since; null: nobody was. */
    readonly answeredAt: Instant | null;
    /** When somebody last said something that stays said. */
    readonly lastMessageAt: Instant | null;
  };
  readonly note_added: {
    readonly note: string;
    /** The operators named in it, who are told. */
    readonly mentions?: readonly string[];
    /** The question that whoever wrote it was asked. */
    readonly task?: string;
  };
  readonly tagged: {
    readonly tag: string;
    /** The routing rule that gave it. */
    readonly rule?: string;
  };
  readonly untagged: { readonly tag: string };
  /** Codes of fields of the administration's own; what they hold is not in the journal. */
  readonly fields_changed: {
    readonly fields: readonly string[];
    readonly cleared: readonly string[];
    readonly schema: string;
  };
  readonly delivery_failed: {
    readonly message: string;
    readonly attempt: number;
    /** Null when nobody knows whether it arrived. */
    readonly reason: RefusalReason | null;
  };
  readonly call_recorded: { readonly message: string };
  readonly letter_queued: LetterData & { readonly message: string; readonly attempt: number };
  readonly letter_delayed: LetterData & { readonly because: LetterTrouble };
  readonly office_answered: {
    readonly message: string;
    readonly letter: string;
    readonly office: string | null;
    readonly operator: string | null;
    readonly task: string | null;
  };
  readonly asked: {
    readonly task: string;
    /** Null when a body outside was asked. */
    readonly office: string | null;
    readonly dueDate: string;
  };
  readonly task_answered: {
    readonly task: string;
    /** Null when it was answered in words alone. */
    readonly outcome: Outcome | null;
    /** The message that is the answer, when it came by mail. */
    readonly message: string | null;
  };
  /** Not theirs. */
  readonly task_refused: { readonly task: string; readonly reason: string };
  readonly task_extended: {
    readonly task: string;
    readonly dueDate: string;
    readonly previousDueDate: string;
    readonly reason: string;
  };
  readonly task_cancelled: { readonly task: string; readonly reason: string };
  readonly answer_set_aside: { readonly message: string; readonly letter: string; readonly because: AsideReason };
  readonly deadline_warned: { readonly clock: DeadlineClock; readonly dueAt: Instant; readonly task?: string };
  readonly deadline_breached: {
    readonly clock: DeadlineClock;
    readonly dueAt: Instant;
    readonly effect: EffectOnExpiry;
    readonly task?: string;
  };
  /** Offices are open at other times than when it was counted: it is due later. */
  readonly deadline_recounted: {
    readonly clock: DeadlineClock;
    readonly dueAt: Instant;
    readonly previousDueAt: Instant;
    readonly task?: string;
  };
  /** The system urges who holds the case. */
  readonly reminded: {
    readonly clock: DeadlineClock | null;
    readonly because: 'term' | 'chase';
    readonly to: EscalationStep;
    /** Operators told; none when the office itself was. */
    readonly operators: readonly string[];
    readonly office: string | null;
    readonly task?: string;
  };
  readonly escalated: {
    readonly clock: DeadlineClock;
    readonly to: EscalationStep;
    readonly operators: readonly string[];
    readonly office: string | null;
    readonly task?: string;
  };
  /** The citizen asks again. */
  readonly chased: {
    readonly message: string | null;
    readonly chases: number;
    readonly because: ChaseReason;
  };
  /** What the person said and who they are is gone, at their request or because its time was over. */
  readonly erased: { readonly erasure: string; readonly because: 'request' | 'retention' };
  readonly linked: { readonly case: string };
  readonly unlinked: { readonly case: string };
  /** It took another case in, with everything that was said in it. */
  readonly merged: TasksPassing & {
    readonly case: string;
    readonly merge: string;
    readonly messages: number;
    readonly conversations: number;
    readonly reason: string | null;
    /** The later of the two. */
    readonly lastMessageAt: Instant | null;
    /** The earlier of the two: who waits must not wait longer. */
    readonly dueDate: string | null;
  };
  readonly merged_into: TasksPassing & {
    readonly case: string;
    readonly merge: string;
    readonly messages: number;
    readonly conversations: number;
    readonly reason: string | null;
  };
  /** A merge with another case was undone: what came back, or went. */
  readonly unmerged: TasksPassing & {
    readonly case: string;
    readonly merge: string;
    readonly messages: number;
    readonly reason: string;
  };
  readonly split: TasksPassing & { readonly case: string; readonly messages: number; readonly reason: string | null };
  readonly split_from: TasksPassing & {
    readonly case: string;
    readonly messages: number;
    /** What was said before the split, when a citizen said something: the promises count from it. */
    readonly said?: SaidBefore;
  };
  /** It is one of many on one matter: the head is worked on, and what is said there reaches its citizen too. */
  readonly attached: { readonly head: string };
  readonly detached: { readonly head: string; readonly reason: string };
  readonly members_attached: { readonly cases: readonly string[] };
  readonly members_detached: { readonly cases: readonly string[]; readonly reason: string };
  /** Whoever has it is absent: somebody else has it in their place, and everything else of it stays as it is. */
  readonly substituted: { readonly operator: string; readonly substitute: string; readonly absence: string };
  /** Who may know of it was narrowed, widened or left to everybody again: codes of levels, null for none. */
  readonly confidentiality_changed: {
    readonly from: string | null;
    readonly to: string | null;
    readonly reason: string;
    /** The routing rule, or the category, that gave it. */
    readonly because?: { readonly rule: string } | { readonly category: string };
  };
  /** Somebody who may not know of it opened it all the same, for a while and for a reason. */
  readonly glass_broken: { readonly opening: string; readonly until: Instant; readonly reason: string };
  /** One answer goes to every citizen of the incident, each on their own way. */
  readonly announced: { readonly announcement: string; readonly cases: number };
  /** Where it is was said, or (neither point nor address) taken back. Where is not in the journal: it may be somebody's home. */
  readonly located: {
    readonly source: PlaceSource;
    readonly point: boolean;
    readonly address: boolean;
    readonly message: string | null;
  };
}

/** One fact of a case, as the journal keeps it beside who and why. */
export type CaseEvent = {
  [Fact in CaseFact]: { readonly fact: Fact; readonly at: Instant; readonly data: FactData[Fact] };
}[CaseFact];
