import type { CaseKind, Outcome, PlaceSource, Priority, RefusalReason } from '@filodiretto/contracts/model';
import type { AsideReason, FactData, GivenPromise, LetterTrouble } from './event.js';
import type { ActorKind } from './life-cycle.js';

/** Who asks, and by which id: a contact's, an operator's, an office's, none for the system. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id?: string | null;
}

/** What may be asked of a case that is new. */
export interface OpenCase {
  readonly name: 'open';
  readonly id: string;
  readonly administration: string;
  readonly number: string;
  readonly kind: CaseKind;
  readonly priority: Priority;
  readonly category?: string | null;
  readonly contact?: string | null;
  readonly channel?: string | null;
  readonly account?: string | null;
  /** The message that opens it, when one does. */
  readonly message?: string | null;
  readonly followUpOf?: string | null;
  /** Given: the case is assigned at once. */
  readonly office?: string | null;
  readonly assignee?: string | null;
  /** Why this office. */
  readonly why?: string | null;
  /** The promise that a routing rule gave. */
  readonly promise?: GivenPromise | null;
}

/** The commands of the life cycle, with what each needs. Absent or empty needs are refused, field by field. */
export type LifeCycleCommand =
  | { readonly name: 'startTriage'; readonly reason?: string | null }
  | {
      readonly name: 'assign';
      readonly office: string;
      readonly assignee?: string | null;
      readonly why?: string | null;
    }
  | { readonly name: 'takeCharge' }
  | {
      readonly name: 'refuseCompetence';
      readonly reason: string;
      /** Whose it may be, as far as the office knows. */
      readonly suggestedOffice?: string | null;
      /** Who decides when too many offices refused: the operator it goes to then. */
      readonly decider?: string | null;
    }
  | { readonly name: 'schedule'; readonly plannedDate: string; readonly reason?: string | null }
  | {
      readonly name: 'askCitizen';
      readonly message?: string | null;
      readonly spoken?: boolean;
      readonly reason?: string | null;
    }
  | { readonly name: 'askThird'; readonly reason: string }
  | { readonly name: 'suspend'; readonly legalBasis: string; readonly reason?: string | null }
  | { readonly name: 'resume' }
  | { readonly name: 'extend'; readonly dueDate: string; readonly reason: string }
  | { readonly name: 'interrupt'; readonly legalBasis: string; readonly reason?: string | null }
  | {
      readonly name: 'resolve';
      readonly outcome?: Outcome | null;
      readonly outcomeReason?: string | null;
      /** The message that tells the citizen. */
      readonly message?: string | null;
      /** What tells the citizens of an incident, when the case has none of its own. */
      readonly announcement?: string | null;
      /** The citizen was told in person or by telephone. */
      readonly spoken?: boolean;
      /** Why it ends although questions to other offices are open. */
      readonly leavingTasksOpen?: string | null;
    }
  | { readonly name: 'close'; readonly reason?: string | null }
  | {
      readonly name: 'reject';
      readonly reason: string;
      readonly message?: string | null;
      readonly spoken?: boolean;
      readonly leavingTasksOpen?: string | null;
    }
  | { readonly name: 'markDuplicate'; readonly leading: string; readonly leavingTasksOpen?: string | null }
  | { readonly name: 'withdraw'; readonly reason?: string | null }
  | { readonly name: 'reopen'; readonly reason?: string | null; readonly message?: string | null };

/** What happens inside a case without moving it along its life cycle by itself. */
export type CaseNote =
  | {
      readonly name: 'messageReceived';
      readonly message: string;
      readonly channel: string;
      /** Written by a machine: it neither reopens nor resumes. */
      readonly automatic?: boolean;
      /** `admit` said that it reopens the case. */
      readonly reopens?: boolean;
    }
  | {
      readonly name: 'replyQueued';
      readonly message: string;
      readonly channel: string;
      readonly attempt?: number;
      readonly automatic?: 'acknowledgement' | 'notification' | null;
      /** Whoever wrote it is of the office that has the case. */
      readonly holds?: boolean;
    }
  | ({ readonly name: 'replyWithdrawn' } & FactData['reply_withdrawn'])
  | {
      readonly name: 'addNote';
      readonly note: string;
      readonly mentions?: readonly string[];
      readonly task?: string | null;
    }
  | { readonly name: 'tag'; readonly tag: string; /** The routing rule that puts it. */ readonly rule?: string }
  | { readonly name: 'untag'; readonly tag: string }
  | {
      readonly name: 'setConfidentiality';
      /** Code of the level; null takes it away. */
      readonly level: string | null;
      readonly reason: string;
      readonly because?: { readonly rule: string } | { readonly category: string };
    }
  | ({ readonly name: 'breakGlass' } & FactData['glass_broken'])
  | ({ readonly name: 'changeFields' } & FactData['fields_changed'])
  | { readonly name: 'changePriority'; readonly priority: Priority; readonly reason?: string | null }
  | { readonly name: 'changeCategory'; readonly category: string | null }
  | { readonly name: 'changeKind'; readonly kind: CaseKind }
  | {
      readonly name: 'deliveryFailed';
      readonly message: string;
      readonly attempt: number;
      readonly reason?: RefusalReason | null;
    }
  | { readonly name: 'callRecorded'; readonly message: string }
  | {
      readonly name: 'locate';
      readonly source: PlaceSource;
      readonly point: boolean;
      readonly address: boolean;
      /** The message that says it. */
      readonly message?: string | null;
    }
  | {
      /** A letter to an office or a body outside is on its way: never to the citizen. */
      readonly name: 'letterQueued';
      readonly letter: string;
      readonly message: string;
      readonly kind: string;
      readonly office?: string | null;
      readonly operator?: string | null;
      readonly task?: string | null;
      readonly attempt?: number;
    }
  | {
      /** A letter could not leave: it waits, and is tried again. */
      readonly name: 'letterDelayed';
      readonly letter: string;
      readonly kind: string;
      readonly office?: string | null;
      readonly operator?: string | null;
      readonly task?: string | null;
      readonly because: LetterTrouble;
    }
  | {
      /** Whoever a letter was written to has answered it. */
      readonly name: 'officeAnswered';
      readonly message: string;
      readonly letter: string;
      readonly office?: string | null;
      readonly operator?: string | null;
      readonly task?: string | null;
    }
  | {
      /** An answer to a letter that does not act: kept, and shown for what it is. */
      readonly name: 'setAnswerAside';
      readonly message: string;
      readonly letter: string;
      readonly because: AsideReason;
    }
  | ({ readonly name: 'warnDeadline' } & FactData['deadline_warned'])
  | ({ readonly name: 'breachDeadline' } & FactData['deadline_breached'])
  | ({ readonly name: 'recountDeadline' } & FactData['deadline_recounted'])
  | ({ readonly name: 'remind' } & FactData['reminded'])
  | ({ readonly name: 'escalate' } & FactData['escalated'])
  | ({ readonly name: 'substitute' } & FactData['substituted'])
  | ({ readonly name: 'chase' } & Pick<FactData['chased'], 'message' | 'because'>)
  | ({ readonly name: 'erase' } & FactData['erased'])
  | RelationCommand;

/** What may be asked of a question to another office, in its case. The words of question and answer are not in the journal. */
export type TaskCommand =
  | {
      readonly name: 'ask';
      readonly task: string;
      /** Null when a body outside is asked. */
      readonly office: string | null;
      readonly dueDate: string;
    }
  | { readonly name: 'answerTask'; readonly task: string; readonly outcome?: Outcome | null }
  | { readonly name: 'refuseTask' | 'cancelTask'; readonly task: string; readonly reason: string }
  | { readonly name: 'extendTask'; readonly task: string; readonly dueDate: string; readonly reason: string };

/** What happens between two cases; whoever asks changes both in one transaction. */
export type RelationCommand =
  | { readonly name: 'link' | 'unlink'; readonly case: string }
  | ({ readonly name: 'takeIn' } & FactData['merged'])
  | ({ readonly name: 'mergeInto' } & FactData['merged_into'])
  | ({ readonly name: 'unmerge' } & FactData['unmerged'])
  | ({ readonly name: 'splitOff' } & FactData['split'])
  | ({ readonly name: 'comeFrom' } & FactData['split_from'])
  | ({ readonly name: 'attach' } & FactData['attached'])
  | ({ readonly name: 'detach' } & FactData['detached'])
  | ({ readonly name: 'attachMembers' } & FactData['members_attached'])
  | ({ readonly name: 'detachMembers' } & FactData['members_detached'])
  | ({ readonly name: 'announce' } & FactData['announced']);

/** Whatever may be asked of a case, and by whom. */
export type Command = (OpenCase | LifeCycleCommand | CaseNote | TaskCommand) & { readonly by: Actor };
