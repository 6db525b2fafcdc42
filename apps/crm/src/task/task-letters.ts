import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MAILBOX } from '@filodiretto/contracts/model';
import type { CaseEvent } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import type { ActionName } from '../action/action.js';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger, type Following, type LedgerPages, type Written } from '../case/ledger.js';
import { ChannelRegistry } from '../channel/registry.js';
import { holdersOf, toHolder, type Holder } from '../letter/holder.js';
import { OfficeLetters, type Letter } from '../letter/office-letters.js';
import { taskParties, type TaskParties } from './task.query.js';
import { newsForAsked, newsForHolder } from './words.js';

type TaskEvent = Extract<CaseEvent, { fact: 'task_answered' | 'task_refused' | 'task_extended' | 'task_cancelled' }>;

const isTaskEvent = (event: CaseEvent): event is TaskEvent =>
  event.fact === 'task_answered' ||
  event.fact === 'task_refused' ||
  event.fact === 'task_extended' ||
  event.fact === 'task_cancelled';

type FurtherEvent = Extract<CaseEvent, { fact: 'office_answered' | 'note_added' }>;

/** What was asked is over, and whoever was asked writes once more about it: it changes nothing of the task. */
const isFurther = (event: CaseEvent, among: readonly CaseEvent[]): event is FurtherEvent =>
  (event.fact === 'note_added' && event.data.task !== undefined) ||
  (event.fact === 'office_answered' &&
    event.data.task !== null &&
    !among.some(one => one.fact === 'task_answered' && one.data.message === event.data.message));

interface Told {
  readonly event: TaskEvent | FurtherEvent;
  readonly caseFile: CaseFile;
}

/** The message, or note, whose words whoever holds the case reads. */
function heardIn(event: TaskEvent | FurtherEvent): string | null {
  if (event.fact === 'note_added') return event.data.note;
  return event.fact === 'task_answered' || event.fact === 'office_answered' ? event.data.message : null;
}

/** What a holder of a case can do from a letter about it. */
const FROM_HERE: Readonly<Partial<Record<CaseFile['state'], readonly ActionName[]>>> = {
  assigned: ['takeCharge', 'resolve', 'refuseCompetence'],
  in_charge: ['resolve', 'extend', 'refuseCompetence', 'askCitizen'],
  scheduled: ['resolve', 'extend', 'askCitizen'],
  waiting_third: ['resolve', 'extend'],
};

/**
 * Keeps the rows of tasks in step with the journal, whoever answers and by which road, and writes to those who wait: to who
 * holds the case, what was answered; to who was asked, that nobody waits any more. In the transaction that makes it so.
 */
@Injectable()
export class TaskLetters implements OnModuleInit {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  onModuleInit(): void {
    this.ledger.follow('tasks', (manager, written, pages) => this.follow(manager, written, pages));
  }

  private async follow(manager: EntityManager, written: readonly Written[], pages: LedgerPages): Promise<Following> {
    const told = written.flatMap(({ caseFile, events }) =>
      events.flatMap(event => (isTaskEvent(event) || isFurther(event, events) ? [{ event, caseFile }] : [])),
    );
    if (told.length === 0) return undefined;
    for (const { event } of told) if (isTaskEvent(event)) await keep(manager, event);
    const tasks = await taskParties(
      manager,
      told.flatMap(({ event }) => event.data.task ?? []),
    );
    const facts = pages.facts();
    const holders = await holdersOf(
      manager,
      told.map(({ caseFile, event }) => {
        const by = facts.findLast(one => one.caseId === caseFile.id && one.fact === event.fact);
        return { caseFile, byOperator: by?.actorKind === 'operator' ? by.actorId : null };
      }),
    );
    const letters = told.flatMap(one => this.letterOf(one, tasks, holders, pages));
    if (letters.length === 0) return undefined;
    const sheaf = await this.letters.prepare(manager, pages, letters);
    return async () => void (await sheaf.store());
  }

  private letterOf(
    { event, caseFile }: Told,
    tasks: ReadonlyMap<string, TaskParties>,
    holders: ReadonlyMap<string, Holder>,
    pages: LedgerPages,
  ): Letter[] {
    const task = tasks.get(event.data.task ?? '');
    if (!task) throw new Error(`task ${event.data.task ?? ''} is not there`);
    const about = { administrationId: caseFile.administrationId, caseId: caseFile.id, cause: null } as const;
    if (event.fact === 'task_cancelled') {
      const to = this.asked(task);
      return to ? [{ ...about, to, taskId: task.id, kind: 'task_cancelled', ...newsForAsked(task) }] : [];
    }
    const holder = holders.get(caseFile.id);
    if (!holder?.wants || holder.asked_by_member || this.isOurs(holder.email)) return [];
    const message = heardIn(event);
    const said = message === null ? undefined : pages.heard(message);
    return [
      {
        ...about,
        to: toHolder(holder, caseFile),
        kind: 'task_news',
        ...newsForHolder(event, task, caseFile, holder.name, said?.words ?? []),
        files: said?.files ?? [],
        actions: FROM_HERE[caseFile.state] ?? [],
      },
    ];
  }

  /** Where who was asked is written to; nobody who reads a mailbox of ours, or wants no letters. */
  asked({ office_id: office, address, name, email, wants }: TaskParties): Letter['to'] | undefined {
    if (address !== null) return { address, name };
    return office !== null && wants && !this.isOurs(email) ? { office } : undefined;
  }

  private isOurs(email: string | null): boolean {
    return email !== null && this.channels.isOurs({ kind: MAILBOX, value: email });
  }
}

/** The row of a task after one more fact. The words of an answer are written by whoever has them. */
async function keep(manager: EntityManager, { fact, at, data }: TaskEvent): Promise<void> {
  switch (fact) {
    case 'task_answered':
      await manager.query(
        `update task set state = 'answered', ended_at = $2, outcome = $3, answer_message_id = $4 where id = $1`,
        [data.task, at, data.outcome, data.message],
      );
      return;
    case 'task_refused':
    case 'task_cancelled':
      await manager.query(`update task set state = $2, ended_at = $3, reason = $4 where id = $1`, [
        data.task,
        fact === 'task_refused' ? 'refused' : 'cancelled',
        at,
        data.reason,
      ]);
      return;
    case 'task_extended':
      await manager.query('update task set due_date = $2, extension_reason = $3 where id = $1', [
        data.task,
        data.dueDate,
        data.reason,
      ]);
  }
}
