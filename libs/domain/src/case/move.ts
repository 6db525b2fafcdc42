import {
  OUTCOME_REASONS,
  REJECT_REASONS,
  type Instant,
  type Outcome,
  type RejectReason,
} from '@filodiretto/contracts/model';
import { isDate } from '../calendar/calendar.js';
import type { Case } from './case.js';
import type { Actor, Command, LifeCycleCommand } from './command.js';
import { said, type Decision, type Fact } from './decision.js';
import type { CaseEvent } from './event.js';
import { commandsFrom, LIFE_CYCLE, NEXT } from './life-cycle.js';
import { refuse, refuseField, type Refusal } from './refusal.js';
import { mayReopen, PERSON_DECIDES_FROM, type CaseRules } from './rules.js';

/** What a command of the life cycle does to a case that exists: facts, in order, or why not. */
export const move = (
  current: Case,
  command: LifeCycleCommand & Pick<Command, 'by'>,
  now: Instant,
  rules: CaseRules,
  fact: Fact,
): Decision =>
  admitted(current, command) ?? leavingTasks(current, command, moved(current, command, now, rules, fact), fact);

/** Where a case that goes on goes: to whoever held it. */
export const whereTo = (current: Case): 'assigned' | 'triage' => (current.office === null ? 'triage' : 'assigned');

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
