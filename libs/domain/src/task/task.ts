import type { Instant, Outcome } from '@filodiretto/contracts/model';
import type { Case } from '../case/case.js';
import type { Actor, TaskCommand } from '../case/command.js';
import type { Decision, Fact } from '../case/decision.js';
import type { CaseEvent } from '../case/event.js';
import { isEnded, type ActorKind } from '../case/life-cycle.js';
import { refuse, refuseField } from '../case/refusal.js';
import type { OpenTask } from './open-task.js';

/** Questions that may be open at once in one case. */
export const MAX_OPEN_TASKS = 50;

/** Who may ask what of a task; a body outside acts as an office without an id. */
const BY: Readonly<Record<TaskCommand['name'], readonly ActorKind[]>> = {
  ask: ['operator', 'automation'],
  answerTask: ['operator', 'office'],
  refuseTask: ['operator', 'office'],
  extendTask: ['operator', 'office'],
  cancelTask: ['operator'],
};

/** What becomes of a question to another office. The case itself stays where it is. */
export function decideTask(
  current: Case,
  command: TaskCommand & { readonly by: Actor },
  now: Instant,
  fact: Fact,
): Decision {
  if (!BY[command.name].includes(command.by.kind))
    return refuse('not-allowed', `"${command.name}" cannot be asked by a ${command.by.kind}.`);
  const open = current.tasks ?? [];
  if (command.name === 'ask') {
    if (isEnded(current.state))
      return refuse(
        'transition-not-allowed',
        `Case ${current.number} is "${current.state}": nothing is asked about it.`,
      );
    if (open.length >= MAX_OPEN_TASKS)
      return refuse('transition-not-allowed', `Case ${current.number} has ${open.length} open tasks already.`);
    if (command.dueDate < now.slice(0, 10)) return refuseField('dueDate', 'Cannot be in the past.');
    return [fact('asked', { task: command.task, office: command.office, dueDate: command.dueDate })];
  }
  const task = open.find(one => one.id === command.task);
  if (!task) return refuse('transition-not-allowed', 'The task is over: it was answered, sent back or cancelled.');
  if (command.by.kind === 'office' && (command.by.id ?? null) !== task.office)
    return refuse('not-allowed', 'The task was put to another office.');
  switch (command.name) {
    case 'answerTask':
      return [answered(fact, { task: task.id, outcome: command.outcome ?? null, message: null })];
    case 'refuseTask':
      return withReason(command, reason => fact('task_refused', { task: task.id, reason }));
    case 'cancelTask':
      return withReason(command, reason => fact('task_cancelled', { task: task.id, reason }));
    case 'extendTask':
      if (command.dueDate <= task.dueDate) return refuseField('dueDate', 'Must be later than the present one.');
      if (command.dueDate < now.slice(0, 10)) return refuseField('dueDate', 'Cannot be in the past.');
      return withReason(command, reason =>
        fact('task_extended', { task: task.id, dueDate: command.dueDate, previousDueDate: task.dueDate, reason }),
      );
  }
}

const answered = (
  fact: Fact,
  data: { readonly task: string; readonly outcome: Outcome | null; readonly message: string | null },
): CaseEvent => fact('task_answered', data);

function withReason(command: { readonly reason: string }, made: (reason: string) => CaseEvent): Decision {
  const reason = command.reason.trim();
  return reason ? [made(reason)] : refuseField('reason', 'Say why.');
}

/** The task that a letter of its own was answered about, when it is still open: the answer is its answer. */
export const answeredByLetter = (current: Case, task: string | null, message: string, fact: Fact): CaseEvent[] =>
  (current.tasks ?? []).some(one => one.id === task) && task !== null
    ? [answered(fact, { task, outcome: null, message })]
    : [];

/** The open tasks of a case after one more fact; `undefined` when the fact changes none. */
export function openTasksAfter(current: Case, event: CaseEvent): readonly OpenTask[] | undefined {
  const open = current.tasks ?? [];
  switch (event.fact) {
    case 'asked': {
      const { task, office, dueDate } = event.data;
      return [...open, { id: task, office, dueDate }];
    }
    case 'task_answered':
    case 'task_refused':
    case 'task_cancelled':
      return open.filter(one => one.id !== event.data.task);
    case 'task_extended':
      return open.map(one => (one.id === event.data.task ? { ...one, dueDate: event.data.dueDate } : one));
    case 'merged':
    case 'unmerged':
    case 'split_from':
    case 'merged_into':
    case 'split': {
      const { tasksIn = [], tasksOut = [] } = event.data;
      if (tasksIn.length + tasksOut.length === 0) return undefined;
      return [...open.filter(one => !tasksOut.includes(one.id)), ...tasksIn];
    }
    default:
      return undefined;
  }
}
