import type { Instant } from '@filodiretto/contracts/model';
import type { Case } from './case.js';
import { openTasksAfter } from '../task/task.js';
import type { CaseEvent } from './event.js';

/**
 * The case after one more fact. Folding a case's journal from `null` gives its state, whoever folds it.
 * Throws when the journal does not begin with `opened`, or opens twice: such a journal is damaged.
 */
export function evolve(current: Case | null, event: CaseEvent): Case {
  if (event.fact === 'opened') {
    if (current) throw new Error(`case ${current.id} was opened twice`);
    return {
      id: event.data.id,
      administration: event.data.administration,
      number: event.data.number,
      state: 'received',
      kind: event.data.kind,
      category: event.data.category,
      office: null,
      assignee: null,
      priority: event.data.priority,
      outcome: null,
      outcomeReason: null,
      contact: event.data.contact,
      version: 1,
      dueDate: null,
      plannedDate: null,
      refusals: 0,
      openedAt: event.at,
      takenInChargeAt: null,
      endedAt: null,
      lastMessageAt: event.data.message === null ? null : event.at,
      duplicateOf: null,
      mergedInto: null,
      head: null,
      followUpOf: event.data.followUpOf,
      ...(event.data.promise ? { givenPolicy: event.data.promise.policy } : {}),
    };
  }
  if (!current) throw new Error(`a journal begins with "opened", not with "${event.fact}"`);
  const { tasks: before, concerned: already, confidentiality: level, ...rest } = current;
  const tasks = openTasksAfter(current, event) ?? before ?? [];
  const concerned = concernedAfter(already ?? [], event);
  const confidentiality = event.fact === 'confidentiality_changed' ? event.data.to : (level ?? null);
  return {
    ...rest,
    ...change(current, event),
    ...(tasks.length > 0 ? { tasks } : {}),
    ...(concerned.length > 0 ? { concerned } : {}),
    ...(confidentiality === null ? {} : { confidentiality }),
    version: current.version + 1,
  };
}

/** The offices that a fact concerns with the case: whoever had it or was asked stays concerned. */
function concernedAfter(already: readonly string[], event: CaseEvent): readonly string[] {
  const more = (): readonly (string | null)[] => {
    if (event.fact === 'assigned' || event.fact === 'reassigned' || event.fact === 'asked') return [event.data.office];
    return 'tasksIn' in event.data ? (event.data.tasksIn ?? []).map(({ office }) => office) : [];
  };
  const added = more().filter((office): office is string => office !== null && !already.includes(office));
  return added.length > 0 ? [...already, ...new Set(added)] : already;
}

const ended = (at: Instant): Partial<Case> => ({ endedAt: at, plannedDate: null });

/** What a fact changes, besides the version. */
function change(current: Case, event: Exclude<CaseEvent, { fact: 'opened' }>): Partial<Case> {
  switch (event.fact) {
    case 'triaged':
      return { state: 'triage' };
    case 'assigned':
    case 'reassigned':
      return {
        state: 'assigned',
        office: event.data.office,
        assignee: event.data.assignee,
        takenInChargeAt: null,
        plannedDate: null,
      };
    case 'taken_in_charge':
      return {
        state: 'in_charge',
        assignee: event.data.operator ?? current.assignee,
        takenInChargeAt: event.at,
      };
    case 'competence_refused':
      return {
        state: 'triage',
        office: null,
        assignee: event.data.decider ?? null,
        takenInChargeAt: null,
        refusals: event.data.refusals,
      };
    case 'scheduled':
      return { state: 'scheduled', plannedDate: event.data.plannedDate };
    case 'paused':
      return { state: event.data.waitingFor === 'citizen' ? 'waiting_citizen' : 'waiting_third' };
    case 'suspended':
      return { state: 'suspended' };
    case 'resumed':
      return { state: 'in_charge' };
    case 'extended':
      return { dueDate: event.data.dueDate };
    case 'resolved':
      return {
        state: 'resolved',
        outcome: event.data.outcome,
        outcomeReason: event.data.outcomeReason,
        ...ended(event.at),
      };
    case 'closed':
      return { state: 'closed' };
    case 'rejected':
      return {
        state: 'rejected',
        outcome: 'not_applicable',
        outcomeReason: event.data.reason,
        ...ended(event.at),
      };
    case 'marked_duplicate':
      return {
        state: 'duplicate',
        outcome: 'not_applicable',
        outcomeReason: 'duplicate',
        duplicateOf: event.data.leading,
        ...ended(event.at),
      };
    case 'withdrawn':
      return { state: 'withdrawn', outcome: 'not_applicable', outcomeReason: 'withdrawn', ...ended(event.at) };
    case 'reopened':
      return {
        state: event.data.to,
        outcome: null,
        outcomeReason: null,
        duplicateOf: null,
        endedAt: null,
        takenInChargeAt: null,
      };
    case 'priority_changed':
      return { priority: event.data.to };
    case 'category_changed':
      return { category: event.data.to };
    case 'kind_changed':
      return { kind: event.data.to };
    case 'substituted':
      return { assignee: event.data.substitute };
    case 'chased':
      return { chases: event.data.chases, chasedAt: event.at };
    case 'message_received':
      return { lastMessageAt: event.at };
    case 'reply_queued':
      return event.data.automatic === null ? { lastMessageAt: event.at } : {};
    case 'reply_withdrawn':
      return event.data.lastMessageAt === null ? {} : { lastMessageAt: event.data.lastMessageAt };
    case 'merged':
      return { lastMessageAt: event.data.lastMessageAt, dueDate: event.data.dueDate };
    case 'merged_into':
      return { mergedInto: event.data.case };
    case 'unmerged':
      return { mergedInto: null };
    case 'attached':
      return { head: event.data.head };
    case 'detached':
      return { head: null };
    case 'note_added':
    case 'delivery_failed':
    case 'call_recorded':
    case 'letter_queued':
    case 'letter_delayed':
    case 'office_answered':
    case 'answer_set_aside':
    case 'asked':
    case 'task_answered':
    case 'task_refused':
    case 'task_extended':
    case 'task_cancelled':
    case 'interrupted':
    case 'deadline_warned':
    case 'deadline_breached':
    case 'deadline_recounted':
    case 'reminded':
    case 'escalated':
    case 'linked':
    case 'unlinked':
    case 'split':
    case 'split_from':
    case 'tagged':
    case 'untagged':
    case 'confidentiality_changed':
    case 'glass_broken':
    case 'fields_changed':
    case 'members_attached':
    case 'members_detached':
    case 'announced':
    case 'located':
    case 'erased':
      return {};
    default:
      return unknownFact(event, current);
  }
}

function unknownFact(event: never, current: Case): never {
  throw new Error(`case ${current.id} has a fact that is not known: ${JSON.stringify(event)}`);
}

/** The case that a journal tells, in the order of its versions; `null` for an empty one. */
export const fold = (journal: Iterable<CaseEvent>): Case | null => {
  let current: Case | null = null;
  for (const event of journal) current = evolve(current, event);
  return current;
};
