import { Inject, Injectable } from '@nestjs/common';
import type { AskTask, MoveTask } from '@filodiretto/contracts';
import { MAILBOX } from '@filodiretto/contracts/model';
import { isDate, lastDay, start, type Actor, type TaskCommand } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { notOurs } from '../case/belonging.js';
import type { CaseFile } from '../case/case-file.entity.js';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Clock } from '../clock.js';
import { Books } from '../deadline/books.js';
import { Deadlines } from '../deadline/deadlines.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { isRefused, refused, refusedField, type Refused } from '../refused.js';
import { storable } from '../storable.js';
import { TaskLetters } from './task-letters.js';
import { taskParties } from './task.query.js';
import { askingWords } from './words.js';

/** What may be done with a task from its letter, each by a link of its own. */
const FROM_LETTER = ['answerTask', 'extendTask', 'refuseTask'] as const;

const NO_CASE = refused('not-found', 'There is no such case.');
const NO_TASK = refused('not-found', 'There is no such task.');

/** A request about one task, and on whose behalf. */
export interface TaskRequest extends Omit<CaseRequest, 'caseId'> {
  readonly taskId: string;
}

/** Questions to other offices and to bodies outside, each in the caller's transaction: all of it happens, or a refusal. */
@Injectable()
export class Tasks {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(TaskLetters) private readonly taskLetters: TaskLetters,
    @Inject(Books) private readonly books: Books,
    @Inject(Deadlines) private readonly deadlines: Deadlines,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Puts a question under the id given, and writes to who is asked. */
  async ask(manager: EntityManager, request: CaseRequest, id: string, asked: AskTask): Promise<object | Refused> {
    const { office, body } = asked;
    if ((office === undefined) === (body === undefined))
      return refusedField('/office', 'exactly one of office and body');
    const no = await notOurs(manager, request.operator, { office });
    if (no) return no;
    if (body && this.channels.isOurs({ kind: MAILBOX, value: body.address.trim().toLowerCase() }))
      return refusedField('/body', 'is an address of the administration: ask its office');
    const pages = await this.ledger.open(manager, [request.caseId]);
    const file = pages.caseFile(request.caseId);
    if (file?.administrationId !== request.operator.administrationId) return NO_CASE;
    if (office !== undefined && office === file.officeId)
      return refusedField('/office', 'holds the case: it need not be asked');
    const dueDate = await this.dueDateOf(manager, file, asked);
    if (isRefused(dueDate)) return dueDate;
    const by = byOf(request);
    const result = pages.apply({
      caseId: file.id,
      cause: request.cause,
      commands: [{ name: 'ask', task: id, office: office ?? null, dueDate: dueDate.date, by }],
    });
    if (isRefused(result)) return result;
    await manager.query(
      `insert into task (id, administration_id, case_id, office_id, address, name, question, state, due_date, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10)`,
      [
        id,
        file.administrationId,
        file.id,
        office ?? null,
        body?.address.trim().toLowerCase() ?? null,
        body?.name ?? null,
        storable(asked.question),
        dueDate.date,
        request.operator.id,
        this.clock.now(),
      ],
    );
    const task = (await taskParties(manager, [id])).get(id);
    const to = task && this.taskLetters.asked(task);
    const sheaf =
      task && to
        ? await this.letters.prepare(manager, pages, [
            {
              administrationId: file.administrationId,
              to,
              caseId: file.id,
              taskId: id,
              kind: 'task',
              ...askingWords(task),
              actions: FROM_LETTER,
              cause: request.cause,
            },
          ])
        : undefined;
    await pages.write();
    await sheaf?.store();
    return result;
  }

  /** Answers, puts off, sends back or cancels a task. */
  async move(manager: EntityManager, request: TaskRequest, asked: MoveTask): Promise<object | Refused> {
    const caseId = await caseOfTask(manager, request);
    if (caseId === undefined) return NO_TASK;
    const text = storable(asked.text?.trim());
    if (asked.command === 'answer' && !text) return refusedField('/text', 'Write the answer.');
    if (asked.command === 'extend') {
      const no = await this.deadlines.whyNotExtend(manager, caseId, asked.dueDate ?? '', request.taskId);
      if (no) return no;
    }
    // Read by who writes to the holder, in this transaction.
    if (asked.command === 'answer')
      await manager.query(`update task set answer = $2 where id = $1 and state = 'open'`, [request.taskId, text]);
    return this.ledger.execute(manager, {
      caseId,
      cause: request.cause,
      commands: [{ ...commandOf(request.taskId, asked), by: byOf(request) }],
    });
  }

  /** The last day on which an answer is in time: the one that was said, or the one that is promised. */
  private async dueDateOf(
    manager: EntityManager,
    file: CaseFile,
    asked: AskTask,
  ): Promise<{ readonly date: string } | Refused> {
    const book = (await this.books.of(manager, [file.administrationId])).get(file.administrationId);
    const office = asked.office ?? file.officeId;
    const now = this.clock.instant();
    const policy = book?.policy({ clock: 'task', kind: file.kind, category: file.categoryId, office }, now);
    if (!book || !policy)
      return refusedField(
        '/dueDate',
        'The administration promises nothing about tasks: write a policy of the clock "task".',
      );
    if (asked.dueDate === undefined) {
      const calendar = book.calendar(office);
      return { date: lastDay(calendar, start(policy, calendar, now).dueAt ?? now) };
    }
    return isDate(asked.dueDate) ? { date: asked.dueDate } : refusedField('/dueDate', 'Must be a date, YYYY-MM-DD.');
  }
}

function commandOf(task: string, { command, reason = '', outcome, dueDate = '' }: MoveTask): TaskCommand {
  switch (command) {
    case 'answer':
      return { name: 'answerTask', task, outcome: outcome ?? null };
    case 'refuse':
      return { name: 'refuseTask', task, reason };
    case 'cancel':
      return { name: 'cancelTask', task, reason };
    case 'extend':
      return { name: 'extendTask', task, dueDate, reason };
  }
}

const byOf = ({ operator, by }: Pick<CaseRequest, 'operator' | 'by'>): Actor =>
  by ?? { kind: 'operator', id: operator.id };

async function caseOfTask(manager: EntityManager, { operator, taskId }: TaskRequest): Promise<string | undefined> {
  const [row]: { case_id: string }[] = await manager.query(
    'select case_id from task where administration_id = $1 and id = $2',
    [operator.administrationId, taskId],
  );
  return row?.case_id;
}
