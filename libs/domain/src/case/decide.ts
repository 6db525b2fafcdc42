import type { Instant } from '@filodiretto/contracts/model';
import { answeredByLetter, decideTask } from '../task/task.js';
import type { Case } from './case.js';
import type { Actor, Command, OpenCase } from './command.js';
import { said, type Decision, type Fact } from './decision.js';
import type { CaseEvent, FactData } from './event.js';
import { isEnded } from './life-cycle.js';
import { move, whereTo } from './move.js';
import { refuse, refuseField } from './refusal.js';
import { mayReopen, SHIPPED_RULES, type CaseRules } from './rules.js';

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
      return replyQueued(current, command, fact);
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
    case 'recountDeadline':
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
      return move(current, command, now, rules, fact);
  }
}

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
  'recountDeadline',
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

const letterOf = (
  command: Extract<Command, { name: 'letterQueued' | 'letterDelayed' }>,
): Pick<FactData['letter_delayed'], 'letter' | 'kind' | 'office' | 'operator' | 'task'> => ({
  letter: command.letter,
  kind: command.kind,
  office: command.office ?? null,
  operator: command.operator ?? null,
  task: command.task ?? null,
});

/** Whoever could take charge of a case and answers its citizen has: what is taken back later is the reply, not that they hold it. */
function replyQueued(
  current: Case,
  { message, channel, attempt = 1, automatic = null, holds, by }: Extract<Command, { name: 'replyQueued' }>,
  fact: Fact,
): readonly CaseEvent[] {
  const queued = fact('reply_queued', { message, channel, attempt, automatic });
  if (current.state !== 'assigned' || automatic !== null || by.kind !== 'operator' || !by.id) return [queued];
  const theirs = current.assignee === null ? holds === true : current.assignee === by.id;
  return theirs ? [queued, fact('taken_in_charge', { operator: by.id })] : [queued];
}

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

/** Nobody is urged about what is over. */
function urged(
  current: Case,
  command: Extract<
    Command,
    { name: 'warnDeadline' | 'breachDeadline' | 'recountDeadline' | 'remind' | 'escalate' | 'chase' }
  >,
  fact: Fact,
): CaseEvent[] {
  if (isEnded(current.state)) return [];
  switch (command.name) {
    case 'warnDeadline':
      return [fact('deadline_warned', without(command))];
    case 'breachDeadline':
      return [fact('deadline_breached', without(command))];
    case 'recountDeadline':
      return [fact('deadline_recounted', without(command))];
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
