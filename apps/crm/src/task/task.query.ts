import { Inject, Injectable } from '@nestjs/common';
import type { ListTasks, Outcome, TaskPage, TaskState, TaskView } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import { stateOf } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { seenSql, seenWith } from '../permission/seen.js';

export interface TaskJson {
  readonly id: string;
  readonly case_id: string;
  readonly number: string;
  readonly office_id: string | null;
  readonly office_name: string | null;
  readonly address: string | null;
  readonly name: string | null;
  readonly question: string;
  readonly state: TaskState;
  readonly due_date: string;
  readonly asked_by: string;
  readonly asker: string;
  readonly asked_at: string;
  readonly extension_reason: string | null;
  readonly ended_at: string | null;
  readonly outcome: Outcome | null;
  readonly answer: string | null;
  readonly answer_message_id: string | null;
  readonly reason: string | null;
  readonly term_due: string | null;
  readonly term_breached: string | null;
  readonly term_ended: string | null;
  readonly term_met: boolean | null;
}

/** The columns of a task `t`, with the names of who is in it; a mail that answers it is its answer. */
const COLUMNS = `t.id, t.case_id, n.number, t.office_id, o.name as office_name, t.address, t.name, t.question, t.state,
  t.due_date::text as due_date, t.asked_by, p.name as asker, t.asked_at, t.extension_reason, t.ended_at, t.outcome,
  coalesce(t.answer, m.text) as answer, t.answer_message_id, t.reason,
  d.due_at as term_due, d.breached_at as term_breached, d.ended_at as term_ended, d.met as term_met`;
const JOINS = `join case_file n on n.id = t.case_id join operator p on p.id = t.asked_by
  left join office o on o.id = t.office_id left join message m on m.id = t.answer_message_id
  left join deadline d on d.task_id = t.id`;

/** SQL of the tasks of the case `c`, oldest first, as one JSON list. */
export const TASKS = `(
  select coalesce(json_agg(v order by v.asked_at, v.id), '[]') from (
    select ${COLUMNS} from task t ${JOINS} where t.case_id = c.id) v)`;

const orNull = (text: string | null) => (text === null ? null : instant(text));

export const taskView = (row: TaskJson, now: Date): TaskView => ({
  id: row.id,
  case: { id: row.case_id, number: row.number },
  ...(row.office_id !== null && row.office_name !== null
    ? { office: { id: row.office_id, name: row.office_name } }
    : {}),
  ...(row.address !== null && row.name !== null ? { body: { name: row.name, address: row.address } } : {}),
  question: row.question,
  state: row.state,
  dueDate: row.due_date,
  askedBy: { id: row.asked_by, name: row.asker },
  askedAt: at(row.asked_at),
  ...present({
    term:
      row.term_due === null
        ? null
        : stateOf(
            {
              endedAt: orNull(row.term_ended),
              met: row.term_met,
              breachedAt: orNull(row.term_breached),
              stoppedAt: null,
              dueAt: orNull(row.term_due),
            },
            instant(now),
          ),
    extensionReason: row.extension_reason,
    endedAt: atOrNull(row.ended_at),
    outcome: row.outcome,
    answer: row.answer,
    answerMessage: row.answer_message_id,
    reason: row.reason,
  }),
});

/** What the screens of tasks show, one statement a screen. */
@Injectable()
export class TaskQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One task; `undefined` when the administration has none of this id. */
  async one(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<TaskView | undefined> {
    const parameters: unknown[] = [administrationId, id];
    const rows: TaskJson[] = await this.dataSource.query(
      `select ${COLUMNS} from task t ${JOINS} where t.administration_id = $1 and t.id = $2
         and ${seenWith(sight, parameters, 'n')}`,
      parameters,
    );
    return rows[0] && taskView(rows[0], this.clock.now());
  }

  /** The tasks of a case, oldest first; `undefined` when the administration has no such case. */
  async ofCase(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    caseId: string,
  ): Promise<TaskView[] | undefined> {
    const parameters: unknown[] = [administrationId, caseId];
    const rows: { tasks: TaskJson[] }[] = await this.dataSource.query(
      `select ${TASKS} as tasks from case_file c where c.administration_id = $1 and c.id = $2
         and ${seenWith(sight, parameters)}`,
      parameters,
    );
    return rows[0]?.tasks.map(row => taskView(row, this.clock.now()));
  }

  /** The tasks of the administration for which every filter holds, the newest first. */
  async list(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    filter: ListTasks,
  ): Promise<TaskPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where()
      .and('t.administration_id = $?', administrationId)
      .and('t.office_id = $?', filter.office)
      .and('t.state = $?', filter.state)
      .and('(t.asked_at, t.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    where.and(
      `exists (select from case_file c where c.id = t.case_id and ${seenSql(sight, value => where.parameter(value))})`,
    );
    const rows: (TaskJson & { readonly at: string })[] = await this.dataSource.query(
      `select ${COLUMNS}, ${cursorAt('t.asked_at')} as at from (
         select t.* from task t where ${where.toString()} order by t.asked_at desc, t.id desc limit ${limit + 1}) t
       ${JOINS} order by t.asked_at desc, t.id desc`,
      where.parameters,
    );
    return pageOf(rows, limit, row => taskView(row, this.clock.now()));
  }
}

/** What letters about a task need to know of it and of who holds its case. */
export interface TaskParties {
  readonly id: string;
  readonly case_id: string;
  readonly office_id: string | null;
  readonly address: string | null;
  /** Of the office or body asked. */
  readonly name: string;
  readonly question: string;
  readonly due_date: string;
  readonly email: string | null;
  readonly wants: boolean;
  readonly answer: string | null;
  readonly administration: string;
}

export const taskParties = async (
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, TaskParties>> => {
  const rows: TaskParties[] =
    ids.length === 0
      ? []
      : await manager.query(
          `select t.id, t.case_id, t.office_id, t.address, coalesce(o.name, t.name) as name, t.question,
             t.due_date::text as due_date, coalesce(t.address, o.email) as email, coalesce(o.letters, true) as wants, t.answer,
             a.name as administration
           from task t left join office o on o.id = t.office_id join office a on a.id = t.administration_id
           where t.id = any($1::uuid[])`,
          [[...new Set(ids)]],
        );
  return new Map(rows.map(row => [row.id, row]));
};
