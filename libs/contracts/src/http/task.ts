import { Id, InstantField, ListOf, One, OneOf, Text } from '../fields.js';
import { DEADLINE_STATES, OUTCOMES, TASK_MOVES, TASK_STATES, type DeadlineState, type Outcome, type TaskMove, type TaskState } from '../model.js';
import { After, Limit } from './page.js';
import { CaseRef, OfficeRef, OperatorRef } from './refs.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A body outside the administration: a utility, another authority. */
export class OutsideBody {
  @Text('Its name', { max: 300, example: 'Acquedotto del Bacino' }) readonly name: string;
  @Text('Its e-mail address', { max: 320, pattern: /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, example: 'guasti@acquedotto.example' })
  readonly address: string;
}

/** Puts a question to another office or to a body outside; the case stays where it is. */
export class AskTask {
  @Id('The office asked; or else `body`', { optional: true }) readonly office?: string;
  @One('The body outside that is asked; or else `office`', () => OutsideBody, { optional: true }) readonly body?: OutsideBody;
  @Text('What is asked. Whoever is asked reads this and nothing else of the case: name the citizen only if they must know', {
    max: 10_000,
    example: 'La perdita in via Roma 12 è sulla vostra condotta? Quando la riparate?',
  })
  readonly question: string;
  @Text('By when, the last day; absent: as the administration promises', { max: 10, pattern: DATE, optional: true, example: '2026-12-04' })
  readonly dueDate?: string;
}

/** What becomes of a task. Which of the other fields it needs is said by the rules, field by field. */
export class MoveTask {
  @OneOf('What is done', TASK_MOVES, { example: 'answer' }) readonly command: TaskMove;
  @Text('`answer`: the words', { max: 20_000, optional: true, example: 'La condotta è nostra: ripariamo domani.' })
  readonly text?: string;
  @OneOf('`answer`: with which outcome; absent: words alone', OUTCOMES, { optional: true, example: 'positive' })
  readonly outcome?: Outcome;
  @Text('`extend`, `refuse`, `cancel`: why', { max: 2_000, optional: true }) readonly reason?: string;
  @Text('`extend`: the new date', { max: 10, pattern: DATE, optional: true }) readonly dueDate?: string;
}

/** A question to another office, and what became of it. */
export class TaskView {
  @Id('Task') readonly id: string;
  @One('Its case', () => CaseRef) readonly case: CaseRef;
  @One('The office asked', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('The body outside that was asked', () => OutsideBody, { optional: true }) readonly body?: OutsideBody;
  @Text('What was asked', { max: 10_000 }) readonly question: string;
  @OneOf('Where it stands', TASK_STATES, { example: 'open' }) readonly state: TaskState;
  @Text('The last day on which the answer is in time', { max: 10, pattern: DATE }) readonly dueDate: string;
  @OneOf('Where its term stands', DEADLINE_STATES, { optional: true, example: 'running' }) readonly term?: DeadlineState;
  @One('Who asked', () => OperatorRef) readonly askedBy: OperatorRef;
  @InstantField('When it was asked') readonly askedAt: string;
  @Text('Why more time was needed', { max: 2_000, optional: true }) readonly extensionReason?: string;
  @InstantField('When it was answered, sent back or cancelled', { optional: true }) readonly endedAt?: string;
  @OneOf('The outcome, when one was said', OUTCOMES, { optional: true }) readonly outcome?: Outcome;
  @Text('The words of the answer', { max: 60_000, optional: true }) readonly answer?: string;
  @Id('The message that is the answer, when it came by mail', { optional: true }) readonly answerMessage?: string;
  @Text('Why it was sent back or cancelled', { max: 2_000, optional: true }) readonly reason?: string;
}
export class TaskList {
  @ListOf('All of them, oldest first', () => TaskView, { max: 100_000 }) readonly items: TaskView[];
}

/** Which tasks of the administration, and which page of them. */
export class ListTasks {
  @Id('Put to this office', { optional: true }) readonly office?: string;
  @OneOf('Standing there', TASK_STATES, { optional: true, example: 'open' }) readonly state?: TaskState;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}
export class TaskPage {
  @ListOf('Tasks, the newest first', () => TaskView, { max: 200 }) readonly items: TaskView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
