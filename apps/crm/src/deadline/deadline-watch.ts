import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { instant, type DeadlineClock, type EscalationStep } from '@filodiretto/contracts/model';
import { alarms, PERSON_DECIDES_FROM, type Alarm, type Command, type Kept } from '@filodiretto/domain';
import { faultPoint, Metrics, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { Ledger, type LedgerPages } from '../case/ledger.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { OfficeLetters, type Letter } from '../letter/office-letters.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { Books, type AdministrationBook } from './books.js';
import {
  applied,
  countedAgain,
  nextDueOf,
  promisedDayOf,
  readDeadlines,
  touched,
  writeDeadlines,
  type CaseDeadlines,
} from './deadline-rows.js';
import { Ladder } from './ladder.js';
import { TaskLetters } from '../task/task-letters.js';
import { taskParties } from '../task/task.query.js';
import { urgingTask } from '../task/words.js';
import { urging } from './words.js';

const EVERY_MS = 250;
/** Cases in one transaction: many terms end with a day, and half of what it costs it costs for one case too. */
const AT_ONCE = 200;
/** A case that cannot be judged waits this long; the others do not wait for it. */
const AFTER_TROUBLE = '5 minutes';

/**
 * Says what the clocks of cases say: a term that comes near, one that expired, the rungs of the ladder, each once. Whoever
 * died, whatever was due meanwhile is said when somebody watches again.
 */
@Injectable()
export class DeadlineWatch implements OnModuleInit {
  private readonly said;
  private readonly late;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Books) private readonly books: Books,
    @Inject(Ladder) private readonly ladder: Ladder,
    @Inject(OfficeLetters) private readonly letters: OfficeLetters,
    @Inject(TaskLetters) private readonly taskLetters: TaskLetters,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.said = metrics.counter('deadline_alarms_total', 'What was said of deadlines', ['what']);
    this.late = metrics.histogram(
      'deadline_alarm_late_seconds',
      'Time from the moment at which something is to be said of a deadline until it was committed',
      ['what'],
    );
  }

  onModuleInit(): void {
    this.jobs.handle({
      name: 'deadline.watch',
      run: () => this.watch(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Says everything that is due by now. */
  async watch(): Promise<void> {
    for (;;) {
      const rows: { case_id: string }[] = await this.dataSource.query(
        `select distinct case_id from (select case_id from deadline where next_at <= $1 order by next_at limit ${AT_ONCE}) d`,
        [this.clock.now()],
      );
      if (rows.length === 0) return;
      await this.sayOf(rows.map(row => row.case_id));
    }
  }

  private async sayOf(caseIds: readonly string[]): Promise<void> {
    try {
      const said = await this.dataSource.transaction(manager => this.say(manager, caseIds));
      faultPoint('deadline.after-commit');
      this.relay.nudge();
      const now = this.clock.now().getTime();
      for (const { what, at } of said) {
        this.said.inc({ what });
        this.late.observe({ what }, (now - Date.parse(at)) / 1_000);
      }
    } catch (error) {
      if (caseIds.length > 1) {
        const half = Math.ceil(caseIds.length / 2);
        await this.sayOf(caseIds.slice(0, half));
        await this.sayOf(caseIds.slice(half));
        return;
      }
      const put: [unknown, number] = await this.dataSource.query(
        `update deadline set next_at = $3::timestamptz + interval '${AFTER_TROUBLE}', trouble = $2
         where case_id = $1 and next_at <= $3`,
        [caseIds[0], String(error).slice(0, 500), this.clock.now()],
      );
      if (put[1] > 0) this.log.error({ case: caseIds[0], err: error }, 'the deadlines of a case cannot be judged');
    }
  }

  /** Gives what was said. */
  private async say(manager: EntityManager, caseIds: readonly string[]): Promise<Alarm[]> {
    const pages = await this.ledger.open(manager, caseIds);
    const files = caseIds.flatMap(id => pages.caseFile(id) ?? []);
    const books = await this.books.of(
      manager,
      files.map(file => file.administrationId),
    );
    const bookOf = (id: string): AdministrationBook => {
      const book = books.get(id);
      if (!book) throw new Error(`no book of ${id} was read`);
      return book;
    };
    const kept = await readDeadlines(manager, caseIds, id => bookOf(id).policies);
    const said: Said = { alarms: [], letters: [] };
    const cases: CaseDeadlines[] = [];
    for (const file of files) {
      const before = kept.get(file.id) ?? [];
      const book = bookOf(file.administrationId);
      const now: Kept[] = [];
      for (const one of before) now.push(await this.sayOne(manager, pages, file, one, book, said));
      cases.push({ caseId: file.id, administrationId: file.administrationId, before, now, book });
      pages.due(file.id, { nextDueAt: nextDueOf(now), dueDate: promisedDayOf(now, book) });
    }
    const sheaf = await this.letters.prepare(manager, pages, said.letters);
    await writeDeadlines(manager, cases.map(touched));
    await pages.write();
    await sheaf.store();
    faultPoint('deadline.before-commit');
    return said.alarms;
  }

  private async sayOne(
    manager: EntityManager,
    pages: LedgerPages,
    file: CaseFile,
    one: Kept,
    book: AdministrationBook,
    said: Said,
  ): Promise<Kept> {
    if (one.deadline.endedAt !== null) return one;
    const at = instant(this.clock.now());
    const counted = countedAgain(one, book);
    applied(pages, file.id, counted.commands);
    let { kept } = counted;
    const due = alarms(kept.deadline, kept.policy, book.calendar(kept.office)).filter(alarm => alarm.at <= at);
    for (const alarm of due) {
      const { commands, letter } = await this.commandsOf(manager, pages.caseFile(file.id) ?? file, kept, alarm);
      applied(pages, file.id, commands);
      if (letter) said.letters.push(letter);
      said.alarms.push(alarm);
      const { deadline } = kept;
      kept = {
        ...kept,
        deadline: {
          ...deadline,
          ...(alarm.what === 'warn' ? { warnedAt: at } : {}),
          ...(alarm.what === 'breach' ? { breachedAt: at } : {}),
          ...(alarm.what === 'rung' ? { rungs: [...deadline.rungs, alarm.rung] } : {}),
        },
      };
    }
    return kept;
  }

  private async commandsOf(
    manager: EntityManager,
    file: CaseFile,
    { deadline, policy, task }: Kept,
    alarm: Alarm,
  ): Promise<{ commands: Command[]; letter?: Letter }> {
    const { clock } = deadline;
    const dueAt = deadline.dueAt ?? alarm.at;
    const by = { kind: 'system' } as const;
    const of = task === undefined ? {} : { task };
    if (alarm.what !== 'rung')
      return {
        commands: [
          alarm.what === 'warn'
            ? { name: 'warnDeadline', clock, dueAt, ...of, by }
            : { name: 'breachDeadline', clock, dueAt, effect: policy.effectOnExpiry, ...of, by },
        ],
      };
    const { to, reassign } = alarm.step;
    if (task !== undefined)
      return this.urgeTask(manager, file, task, { to, clock, late: deadline.breachedAt !== null });
    const { operator, office } = await this.ladder.on(manager, to, file, this.clock.now());
    const told = { clock, to, operators: operator ? [operator] : [], office };
    const commands: Command[] =
      to === 'assignee' ? [{ name: 'remind', because: 'term', ...told, by }] : [{ name: 'escalate', ...told, by }];
    const reassigned =
      reassign === true && operator !== null && file.assigneeId !== operator && file.refusals < PERSON_DECIDES_FROM;
    if (reassigned)
      commands.push({
        name: 'assign',
        office: await officeOf(manager, operator),
        assignee: operator,
        why: `escalation:${to}`,
        by,
      });
    const words = urging({
      number: file.number,
      subject: file.subject,
      clock,
      promise: policy.name,
      dueAt: new Date(dueAt),
      late: deadline.breachedAt !== null,
      office: await nameOf(manager, file.officeId),
      effect: policy.effectOnExpiry,
      to,
      reassigned,
    });
    const recipient = operator ? { operator } : office ? { office } : undefined;
    return {
      commands,
      ...(recipient
        ? {
            letter: {
              administrationId: file.administrationId,
              to: recipient,
              caseId: file.id,
              kind: to === 'assignee' ? 'reminder' : 'escalation',
              ...words,
              cause: null,
            },
          }
        : {}),
    };
  }

  /**
   * Urges about a question to another office: who was asked, then who answers for them. Of a body outside nobody of ours
   * answers: then whoever holds the case is told, and who answers for that office.
   */
  private async urgeTask(
    manager: EntityManager,
    file: CaseFile,
    id: string,
    { to, clock, late }: Urged,
  ): Promise<{ commands: Command[]; letter?: Letter }> {
    const task = (await taskParties(manager, [id])).get(id);
    if (!task) throw new Error(`task ${id} is not there`);
    const asked = to === 'assignee';
    const rung = asked
      ? { operator: null, office: task.office_id }
      : task.office_id === null && to === 'office_head'
        ? await this.ladder.on(manager, 'assignee', file, this.clock.now())
        : await this.ladder.on(manager, to, { ...file, officeId: task.office_id ?? file.officeId }, this.clock.now());
    const told = { clock, to, operators: rung.operator ? [rung.operator] : [], office: rung.office, task: id };
    const by = { kind: 'system' } as const;
    const letterTo = asked
      ? this.taskLetters.asked(task)
      : rung.operator
        ? { operator: rung.operator }
        : rung.office
          ? { office: rung.office }
          : undefined;
    return {
      commands: [asked ? { name: 'remind', because: 'term', ...told, by } : { name: 'escalate', ...told, by }],
      ...(letterTo
        ? {
            letter: {
              administrationId: file.administrationId,
              to: letterTo,
              caseId: file.id,
              ...(asked ? { taskId: id, actions: ['answerTask', 'extendTask', 'refuseTask'] as const } : {}),
              kind: asked ? 'reminder' : 'escalation',
              ...urgingTask({ task, late, up: !asked }),
              cause: null,
            },
          }
        : {}),
    };
  }
}

/** What one transaction says of deadlines, and to whom it writes. */
interface Said {
  readonly alarms: Alarm[];
  readonly letters: Letter[];
}

type Urged = {
  readonly to: EscalationStep;
  readonly clock: DeadlineClock;
  readonly late: boolean;
};

async function officeOf(manager: EntityManager, operator: string): Promise<string> {
  const [row]: { office_id: string }[] = await manager.query('select office_id from operator where id = $1', [
    operator,
  ]);
  if (!row) throw new Error(`there is no operator ${operator}`);
  return row.office_id;
}

async function nameOf(manager: EntityManager, office: string | null): Promise<string | null> {
  if (office === null) return null;
  const [row]: { name: string }[] = await manager.query('select name from office where id = $1', [office]);
  return row?.name ?? null;
}
