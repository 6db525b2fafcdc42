import {
  OUTCOME_REASONS,
  REJECT_REASONS,
  type CaseState,
  type Instant,
  type Outcome,
  type RejectReason,
} from '@filodiretto/contracts/model';
import { isDate } from '../calendar/calendar.js';
import type { Case } from './case.js';
import type { Actor, Command, LifeCycleCommand, OpenCase } from './command.js';
import type { CaseEvent, FactData } from './event.js';
import { answeredByLetter, decideTask } from '../task/task.js';
import { commandsFrom, isEnded, LIFE_CYCLE, NEXT } from './life-cycle.js';
import { refuse, refuseField, type Refusal } from './refusal.js';

/** What is decided: facts, in order (none when it is so already), or a refusal. */
export type Decision = readonly CaseEvent[] | Refusal;

/** What an administration decides for itself about its cases. */
export interface CaseRules {
  /** For how many days after its end a case can be opened again. */
  readonly reopenDays: number;
}

/** What holds where an administration decided nothing. */
export const SHIPPED_RULES: CaseRules = { reopenDays: 30 };

/** From this refusal of competence on, a person decides who answers, not the routing rules. */
export const PERSON_DECIDES_FROM = 3;

const DAY_MS = 86_400_000;

/** Whether a case in this state, ended then, can still be opened again. */
export const mayReopen = (
  state: CaseState,
  endedAt: string | null,
  now: string,
  { reopenDays }: CaseRules = SHIPPED_RULES,
): boolean =>
  NEXT[state].reopen !== undefined && endedAt !== null && Date.parse(now) - Date.parse(endedAt) <= reopenDays * DAY_MS;

/**
 * What a command does to a case: facts, or a refusal with its reason. Pure: the same case, command and instant decide the
 * same. `null` is the case that does not exist yet, and takes `open` only.
 */
export function decide(
  current: Case | null,
  command: Command,
  now: Instant,
  rules: CaseRules = SHIPPED_RULES,
): Decision {
  if (command.name === 'open') {
    return current ? refuse('transition-not-allowed', `Case ${current.number} is already open.`) : open(command, now);
  }
  if (!current) return refuse('transition-not-allowed', 'There is no such case yet: it must be opened first.');

  const fact = <F extends keyof FactData>(name: F, data: FactData[F]): CaseEvent =>
    ({ fact: name, at: now, data }) as unknown as CaseEvent;

  if (current.mergedInto !== null && !AFTER_MERGE.has(command.name))
    return refuse('transition-not-allowed', `Case ${current.number} was merged into another: go on there, or undo it.`);

  switch (command.name) {
    case 'messageReceived': {
      const received = fact('message_received', { message: command.message, channel: command.channel });
      if (command.automatic) return [received];
      if (command.reopens && mayReopen(current.state, current.endedAt, now, rules))
        return [received, fact('reopened', { to: whereTo(current), reason: null, message: command.message })];
      return current.state === 'waiting_citizen'
        ? [received, fact('resumed', { message: command.message })]
        : [received];
    }
    case 'replyQueued':
      return [
        fact('reply_queued', {
          message: command.message,
          channel: command.channel,
          attempt: command.attempt ?? 1,
          automatic: command.automatic ?? null,
        }),
      ];
    case 'replyWithdrawn':
      return [fact('reply_withdrawn', without(command))];
    case 'addNote':
      return [
        fact('note_added', {
          note: command.note,
          ...(command.mentions && command.mentions.length > 0 ? { mentions: command.mentions } : {}),
          ...(command.task ? { task: command.task } : {}),
        }),
      ];
    case 'tag':
      return [fact('tagged', without(command))];
    case 'untag':
      return [fact('untagged', { tag: command.tag })];
    case 'setConfidentiality': {
      const { level, reason, because } = command;
      const why = reason.trim();
      if (!why) return refuseField('reason', 'Say why.');
      const data = { from: current.confidentiality ?? null, to: level, reason: why, ...(because ? { because } : {}) };
      return data.from === level ? [] : [fact('confidentiality_changed', data)];
    }
    case 'breakGlass':
      return [fact('glass_broken', without(command))];
    case 'changeFields':
      return [fact('fields_changed', without(command))];
    case 'changePriority':
      return command.priority === current.priority
        ? []
        : [
            fact('priority_changed', {
              from: current.priority,
              to: command.priority,
              reason: said(command.reason),
            }),
          ];
    case 'changeCategory':
      return command.category === current.category
        ? []
        : [fact('category_changed', { from: current.category, to: command.category })];
    case 'changeKind':
      return command.kind === current.kind ? [] : [fact('kind_changed', { from: current.kind, to: command.kind })];
    case 'deliveryFailed':
      return [
        fact('delivery_failed', {
          message: command.message,
          attempt: command.attempt,
          reason: command.reason ?? null,
        }),
      ];
    case 'locate': {
      const { source, point, address, message } = command;
      return [fact('located', { source, point, address, message: message ?? null })];
    }
    case 'erase':
      // Whoever begins it has looked at what stands against it; what was begun is said, whatever happened since.
      return [fact('erased', without(command))];
    case 'callRecorded':
      return [fact('call_recorded', { message: command.message })];
    case 'letterQueued':
      return [
        fact('letter_queued', {
          ...letterOf(command),
          message: command.message,
          attempt: command.attempt ?? 1,
        }),
      ];
    case 'letterDelayed':
      return [fact('letter_delayed', { ...letterOf(command), because: command.because })];
    case 'officeAnswered':
      return officeAnswered(current, command, fact);
    case 'setAnswerAside':
      return [fact('answer_set_aside', { message: command.message, letter: command.letter, because: command.because })];
    case 'ask':
    case 'answerTask':
    case 'refuseTask':
    case 'extendTask':
    case 'cancelTask':
      return decideTask(current, command, now, fact);
    case 'warnDeadline':
    case 'breachDeadline':
    case 'remind':
    case 'escalate':
    case 'chase':
      return urged(current, command, fact);
    case 'substitute':
      return isEnded(current.state) || current.assignee !== command.operator || command.substitute === command.operator
        ? []
        : [fact('substituted', without(command))];
    case 'link':
      return [fact('linked', { case: command.case })];
    case 'unlink':
      return [fact('unlinked', { case: command.case })];
    case 'takeIn':
      return [fact('merged', without(command))];
    case 'mergeInto':
      return [fact('marked_duplicate', { leading: command.case }), fact('merged_into', without(command))];
    case 'unmerge':
      return current.mergedInto === null
        ? [fact('unmerged', without(command))]
        : [
            fact('unmerged', without(command)),
            fact('reopened', { to: whereTo(current), reason: command.reason, message: null }),
          ];
    case 'splitOff':
      return [fact('split', without(command))];
    case 'comeFrom':
      return [fact('split_from', without(command))];
    case 'attach':
      return current.head === command.head ? [] : [fact('attached', without(command))];
    case 'detach':
      return current.head === command.head ? [fact('detached', without(command))] : [];
    case 'attachMembers':
      return [fact('members_attached', without(command))];
    case 'detachMembers':
      return [fact('members_detached', without(command))];
    case 'announce':
      return [fact('announced', without(command))];
    default:
      return (
        admitted(current, command) ?? leavingTasks(current, command, moved(current, command, now, rules, fact), fact)
      );
  }
}

/**
 * A case that ends leaves no question open: whoever ends it says why nobody need answer any more. A citizen who takes their
 * matter back need not.
 */
function leavingTasks(
  current: Case,
  command: LifeCycleCommand & Pick<Command, 'by'>,
  decided: Decision,
  fact: Fact,
): Decision {
  const open = current.tasks ?? [];
  if ('refused' in decided || open.length === 0 || !decided.some(({ fact: name }) => ENDS.has(name))) return decided;
  const reason =
    command.name === 'withdraw' || command.name === 'close'
      ? 'withdrawn'
      : said('leavingTasksOpen' in command ? command.leavingTasksOpen : null);
  if (!reason)
    return refuseField(
      'leavingTasksOpen',
      `${open.length} questions to other offices are open: say why nobody need answer them any more.`,
    );
  return [...decided, ...open.map(task => fact('task_cancelled', { task: task.id, reason }))];
}
const ENDS: ReadonlySet<CaseEvent['fact']> = new Set<CaseEvent['fact']>([
  'resolved',
  'rejected',
  'marked_duplicate',
  'withdrawn',
]);

/** What still happens to a case that was merged into another. */
const AFTER_MERGE: ReadonlySet<Command['name']> = new Set([
  'unmerge',
  'addNote',
  'deliveryFailed',
  'callRecorded',
  'letterQueued',
  'letterDelayed',
  'officeAnswered',
  'setAnswerAside',
  'warnDeadline',
  'breachDeadline',
  'remind',
  'escalate',
  'chase',
  'erase',
  'unlink',
  'setConfidentiality',
  'breakGlass',
]);

/** What a command says, as its fact keeps it. */
function without<C extends Command>({ name: _, by: __, ...data }: C): Omit<C, 'name' | 'by'> {
  return data;
}

/** Who did what a command led to: a citizen chooses no office, so what the rules assign is assigned by the system. */
export const actorOf = (event: CaseEvent, { by }: Command): Actor =>
  by.kind === 'contact' && event.fact === 'assigned' ? { kind: 'system' } : by;

type Fact = <F extends keyof FactData>(name: F, data: FactData[F]) => CaseEvent;

const said = (words: string | null | undefined): string | null => (words?.trim() ? words.trim() : null);

const letterOf = (
  command: Extract<Command, { name: 'letterQueued' | 'letterDelayed' }>,
): Pick<FactData['letter_delayed'], 'letter' | 'kind' | 'office' | 'operator' | 'task'> => ({
  letter: command.letter,
  kind: command.kind,
  office: command.office ?? null,
  operator: command.operator ?? null,
  task: command.task ?? null,
});

/** An office that answers about a case it was assigned has accepted it: nobody answers for what is not theirs. */
function officeAnswered(
  current: Case,
  command: Extract<Command, { name: 'officeAnswered' }>,
  fact: Fact,
): readonly CaseEvent[] {
  const { message, letter } = command;
  const [office, operator, task] = [command.office ?? null, command.operator ?? null, command.task ?? null];
  const answered = [
    fact('office_answered', { message, letter, office, operator, task }),
    ...answeredByLetter(current, task, message, fact),
  ];
  const holds = current.state === 'assigned' && task === null && office !== null && office === current.office;
  return holds ? [...answered, fact('taken_in_charge', { operator })] : answered;
}

const whereTo = (current: Case): 'assigned' | 'triage' => (current.office === null ? 'triage' : 'assigned');

/** The refusal of the life cycle itself: wrong state, or not theirs to ask. */
function admitted(current: Case, command: LifeCycleCommand & Pick<Command, 'by'>): Refusal | undefined {
  if (NEXT[current.state][command.name] === undefined) {
    const possible = commandsFrom(current.state);
    return refuse(
      'transition-not-allowed',
      `Case ${current.number} is "${current.state}", where "${command.name}" is not possible; ` +
        (possible.length > 0 ? `possible: ${possible.join(', ')}.` : 'nothing is: it is over.'),
    );
  }
  if (!LIFE_CYCLE[command.name].by.includes(command.by.kind))
    return refuse('not-allowed', `"${command.name}" cannot be asked by a ${command.by.kind}.`);
  if (command.by.kind === 'office' && command.by.id !== current.office)
    return refuse('not-allowed', `Case ${current.number} is no longer held by this office.`);
  return undefined;
}

/** Nobody is urged about what is over. */
function urged(
  current: Case,
  command: Extract<Command, { name: 'warnDeadline' | 'breachDeadline' | 'remind' | 'escalate' | 'chase' }>,
  fact: Fact,
): CaseEvent[] {
  if (isEnded(current.state)) return [];
  switch (command.name) {
    case 'warnDeadline':
      return [fact('deadline_warned', without(command))];
    case 'breachDeadline':
      return [fact('deadline_breached', without(command))];
    case 'remind':
      return [fact('reminded', without(command))];
    case 'escalate':
      return [fact('escalated', without(command))];
    case 'chase':
      return [
        fact('chased', { message: command.message, chases: (current.chases ?? 0) + 1, because: command.because }),
      ];
  }
}

function open(command: OpenCase, at: Instant): CaseEvent[] {
  const opened: CaseEvent = {
    fact: 'opened',
    at,
    data: {
      id: command.id,
      administration: command.administration,
      number: command.number,
      kind: command.kind,
      priority: command.priority,
      category: command.category ?? null,
      contact: command.contact ?? null,
      channel: command.channel ?? null,
      account: command.account ?? null,
      message: command.message ?? null,
      followUpOf: command.followUpOf ?? null,
      ...(command.promise ? { promise: command.promise } : {}),
    },
  };
  if (!command.office) return [opened];
  return [
    opened,
    {
      fact: 'assigned',
      at,
      data: { office: command.office, assignee: command.assignee ?? null, why: said(command.why) },
    },
  ];
}

/** What a command of the life cycle does once the state and the actor allow it. */
function moved(
  current: Case,
  command: LifeCycleCommand & Pick<Command, 'by'>,
  now: Instant,
  rules: CaseRules,
  fact: Fact,
): Decision {
  switch (command.name) {
    case 'startTriage':
      return [fact('triaged', { reason: said(command.reason) })];
    case 'assign':
      return assign(current, command, fact);
    case 'takeCharge':
      return takeCharge(current, command.by, fact);
    case 'refuseCompetence': {
      const reason = said(command.reason);
      if (!reason) return refuseField('reason', 'Say why this office is not the one that answers.');
      if (command.suggestedOffice && command.suggestedOffice === current.office)
        return refuseField('office', 'Suggest another office than the one that refuses.');
      const refusals = current.refusals + 1;
      return [
        fact('competence_refused', {
          office: current.office,
          reason,
          refusals,
          personDecides: refusals >= PERSON_DECIDES_FROM,
          ...(command.suggestedOffice ? { suggestedOffice: command.suggestedOffice } : {}),
          ...(refusals >= PERSON_DECIDES_FROM && command.decider ? { decider: command.decider } : {}),
        }),
      ];
    }
    case 'schedule':
      if (!isDate(command.plannedDate)) return refuseField('plannedDate', 'Must be a date, YYYY-MM-DD.');
      if (command.plannedDate < now.slice(0, 10)) return refuseField('plannedDate', 'Cannot be in the past.');
      return [fact('scheduled', { plannedDate: command.plannedDate, reason: said(command.reason) })];
    case 'askCitizen':
      if (!command.message && !command.spoken)
        return refuseField('text', 'Write what is asked of the citizen, or say that it was asked in person.');
      return [
        fact('paused', { waitingFor: 'citizen', reason: said(command.reason), message: command.message ?? null }),
      ];
    case 'askThird': {
      const reason = said(command.reason);
      if (!reason) return refuseField('reason', 'Say who must act, and on what.');
      return [fact('paused', { waitingFor: 'third', reason, message: null })];
    }
    case 'suspend': {
      const legalBasis = said(command.legalBasis);
      if (!legalBasis) return refuseField('legalBasis', 'A suspension needs its legal basis.');
      return [fact('suspended', { legalBasis, reason: said(command.reason) })];
    }
    case 'resume':
      return [fact('resumed', { message: null })];
    case 'extend': {
      const reason = said(command.reason);
      if (!isDate(command.dueDate)) return refuseField('dueDate', 'Must be a date, YYYY-MM-DD.');
      if (command.dueDate <= (current.dueDate ?? now.slice(0, 10)))
        return refuseField('dueDate', 'Must be later than the present one.');
      if (!reason) return refuseField('reason', 'Say why more time is needed.');
      return [fact('extended', { dueDate: command.dueDate, previousDueDate: current.dueDate, reason })];
    }
    case 'interrupt': {
      const legalBasis = said(command.legalBasis);
      if (!legalBasis) return refuseField('legalBasis', 'An interruption needs its legal basis.');
      return [fact('interrupted', { legalBasis, reason: said(command.reason) })];
    }
    case 'resolve':
      return resolve(command, fact);
    case 'close':
      return endOnBehalf(command, reason => fact('closed', { reason }));
    case 'reject': {
      if (!isRejectReason(command.reason))
        return refuseField('reason', `Must be one of: ${REJECT_REASONS.join(', ')}.`);
      if (!command.message && !command.spoken) return citizenNotTold();
      return [
        fact('rejected', {
          reason: command.reason,
          message: command.message ?? null,
          spoken: command.spoken ?? false,
        }),
      ];
    }
    case 'markDuplicate':
      if (!command.leading) return refuseField('leading', 'Say which case leads.');
      if (command.leading === current.id) return refuseField('leading', 'A case cannot be a duplicate of itself.');
      return [fact('marked_duplicate', { leading: command.leading })];
    case 'withdraw':
      return endOnBehalf(command, reason => fact('withdrawn', { reason }));
    case 'reopen': {
      const reason = said(command.reason);
      if (!mayReopen(current.state, current.endedAt, now, rules))
        return refuse(
          'transition-not-allowed',
          `Case ${current.number} ended more than ${rules.reopenDays} days ago: open a new one that follows it up.`,
        );
      if (!reason && !command.message) return refuseField('reason', 'Say why the case is opened again.');
      return [fact('reopened', { to: whereTo(current), reason, message: command.message ?? null })];
    }
  }
}

function assign(
  current: Case,
  command: Extract<LifeCycleCommand, { name: 'assign' }> & Pick<Command, 'by'>,
  fact: Fact,
): Decision {
  const { office } = command;
  const assignee = command.assignee ?? null;
  if (!office) return refuseField('office', 'Say which office answers.');
  if ((command.by.kind === 'system' || command.by.kind === 'automation') && current.refusals >= PERSON_DECIDES_FROM)
    return refuse('not-allowed', `${current.refusals} offices refused it: a person decides who answers.`);
  if (current.state === 'received' || current.state === 'triage')
    return [fact('assigned', { office, assignee, why: said(command.why) })];
  if (current.office === office && current.assignee === assignee) return [];
  return [
    fact('reassigned', {
      office,
      assignee,
      previousOffice: current.office,
      previousAssignee: current.assignee,
      why: said(command.why),
    }),
  ];
}

function takeCharge(current: Case, by: Actor, fact: Fact): Decision {
  if (by.kind === 'office') return [fact('taken_in_charge', { operator: null })];
  if (by.kind === 'automation')
    return current.assignee === null
      ? refuse('not-allowed', 'A rule takes charge for the person who has the case: nobody has this one.')
      : [fact('taken_in_charge', { operator: current.assignee })];
  const operator = by.id;
  if (!operator) return refuse('not-allowed', 'Only a person takes charge of a case.');
  if (current.assignee !== null && current.assignee !== operator)
    return refuse('not-allowed', 'The case is assigned to somebody else: reassign it first.');
  return [fact('taken_in_charge', { operator })];
}

/** A citizen ends their own matter without saying why; whoever does it for them says why. */
function endOnBehalf(
  command: { readonly reason?: string | null } & Pick<Command, 'by'>,
  fact: (reason: string | null) => CaseEvent,
): Decision {
  const reason = said(command.reason);
  if (command.by.kind === 'operator' && !reason) return refuseField('reason', 'Say how the citizen asked for it.');
  return [fact(reason)];
}

const SET_BY_OTHER_COMMANDS: readonly string[] = ['rejected', 'duplicate', 'withdrawn'];

function resolve(command: Extract<LifeCycleCommand, { name: 'resolve' }>, fact: Fact): Decision {
  const { outcome, announcement } = command;
  const outcomeReason = said(command.outcomeReason);
  if (!outcome) return refuseField('outcome', 'Say with which outcome the case ends.', 'outcome-required');
  if (!outcomeReason) return refuseField('outcomeReason', 'Say why this outcome.', 'outcome-required');
  if (SET_BY_OTHER_COMMANDS.includes(outcomeReason))
    return refuseField('outcomeReason', `"${outcomeReason}" has a command of its own.`);
  const belongs = outcomeOf(outcomeReason);
  if (belongs !== undefined && belongs !== outcome)
    return refuseField('outcomeReason', `"${outcomeReason}" is a reason of the outcome "${belongs}".`);
  if (!command.message && !command.spoken && !announcement) return citizenNotTold();
  return [
    fact('resolved', {
      outcome,
      outcomeReason,
      message: command.message ?? null,
      spoken: command.spoken ?? false,
      ...(announcement ? { announcement } : {}),
    }),
  ];
}

const citizenNotTold = (): Refusal =>
  refuseField('text', 'Write what the citizen is told, or say that they were told in person.');

/** The outcome that a shipped reason belongs to; an administration's own reasons belong to whichever it says. */
const outcomeOf = (reason: string): Outcome | undefined =>
  (Object.keys(OUTCOME_REASONS) as Outcome[]).find(outcome =>
    (OUTCOME_REASONS[outcome] as readonly string[]).includes(reason),
  );

const isRejectReason = (reason: string): reason is RejectReason =>
  (REJECT_REASONS as readonly string[]).includes(reason);
