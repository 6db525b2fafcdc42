import { Inject, Injectable } from '@nestjs/common';
import {
  MAX_BULK,
  type CaseActions,
  type CaseFilter,
  type ChangeCase,
  type MoveCase,
  type PrepareBulkAction,
} from '@filodiretto/contracts';
import { instant, type Instant } from '@filodiretto/contracts/model';
import { decide, evolve, isRefusal, type Case, type Command, type Refusal } from '@filodiretto/domain';
import { faultPoint, Problem, type Logger } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { filtered, seen } from '../case/case-filter.js';
import { CASE_COLUMNS, caseOf, rowOf } from '../case/case-row.js';
import { Desk } from '../case/desk.js';
import { isSystemFault, wordsOf } from '../faults.js';
import type { Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Where } from '../http/where.js';
import { asMachine } from '../isolation/acting.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { Macros } from '../macro/macros.js';
import { Performing } from '../macro/performing.js';
import { Roles } from '../permission/roles.js';
import { Sights } from '../permission/sights.js';
import { whyNotWith } from '../permission/standing.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { walk } from '../search/walk.js';
import { Views } from '../view/views.js';

/** What is asked of every case: one of the three. */
export interface BulkAsked {
  readonly change?: ChangeCase;
  readonly move?: MoveCase;
  readonly actions?: CaseActions;
}
interface Bulk extends Omit<Asking, 'sight'> {
  readonly active: boolean;
  readonly asked: BulkAsked;
}
interface Payload {
  readonly bulkId: string;
}
interface Chosen {
  readonly caseId: string;
  readonly problem: string | null;
  readonly detail: string | null;
}

const JOB = 'bulk-action';
/** Cases that one job takes, so that other jobs have their turn. */
const AT_ONCE = 50;
const PREVIEWED_AT_ONCE = 500;
const NOT_FOUND = refused('not-found', 'There is no such bulk action.');

/**
 * The same asked of many cases: prepared (the cases are chosen and stay chosen), looked at, then let run. Each case is changed
 * once, by the ledger, in the name of who prepared it, together with the note that it is done: killed anywhere, it goes on. Once
 * they no longer work here, or no longer lead, the rest is refused.
 */
@Injectable()
export class BulkActions {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Views) private readonly views: Views,
    @Inject(Macros) private readonly macros: Macros,
    @Inject(Performing) private readonly performing: Performing,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Roles) private readonly roles: Roles,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(LOG) private readonly log: Logger,
  ) {
    jobs.handle({ name: JOB, run: payload => this.run(payload as Payload) });
  }

  /** Chooses the cases, and says of each whether it would be refused, as far as the rules alone can tell. */
  async prepare(
    manager: EntityManager,
    operator: Asking,
    id: string,
    asked: PrepareBulkAction,
  ): Promise<object | Refused> {
    const { change, move, macro } = asked;
    if ([change, move, macro].filter(one => one !== undefined).length !== 1)
      return wrong('/change', 'or `move`, or `macro`: one of the three');
    const named = macro === undefined ? undefined : await this.macros.one(operator, macro, manager);
    if (macro !== undefined && !named) return wrong('/macro', 'there is none of this id here');
    const cases = await this.chosen(manager, operator, asked);
    if (isRefused(cases)) return cases;
    if (cases.length === 0) return refused('invalid-input', 'There is no case to do it to.');
    if (cases.length > MAX_BULK) return refused('too-large', `At most ${MAX_BULK} cases at once: choose fewer.`);
    const what: BulkAsked = {
      ...(change ? { change } : {}),
      ...(move ? { move } : {}),
      ...(named ? { actions: named.actions } : {}),
    };
    const items = await previewed(manager, operator, what, cases);
    await manager.query(
      `insert into bulk_action (id, administration_id, operator_id, asked, state) values ($1, $2, $3, $4, 'previewed')`,
      [id, operator.administrationId, operator.id, JSON.stringify(what)],
    );
    await manager.query(
      `insert into bulk_item (bulk_id, position, case_id, state, problem, detail)
       select $1, u.n, u.case_id, 'waiting', u.problem, u.detail
       from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality u(case_id, problem, detail, n)`,
      [id, items.map(item => item.caseId), items.map(item => item.problem), items.map(item => item.detail)],
    );
    return { id };
  }

  /** Lets it run, or go on after it was stopped. */
  async start(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const state = await stateOf(manager, operator, id);
    if (isRefused(state)) return state;
    if (state.operatorId !== operator.id) return refused('not-allowed', 'Whoever prepared it lets it run.');
    if (state.state === 'done') return refused('not-allowed', 'It is done already.');
    if (state.state === 'running') return { id };
    await manager.query(
      `update bulk_action set state = 'running', started_at = coalesce(started_at, now()), ended_at = null where id = $1`,
      [id],
    );
    await this.jobs.add(manager, JOB, { bulkId: id }, { key: `${JOB}:${id}` });
    return { id };
  }

  /** Stops it after the case at hand. What is done stays done. */
  async stop(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const state = await stateOf(manager, operator, id);
    if (isRefused(state)) return state;
    if (state.state === 'running' || state.state === 'previewed')
      await manager.query(`update bulk_action set state = 'stopped', ended_at = now() where id = $1`, [id]);
    return { id };
  }

  private async chosen(
    manager: EntityManager,
    operator: Asking,
    asked: PrepareBulkAction,
  ): Promise<string[] | Refused> {
    const { cases, view, filter } = asked;
    if ([cases, view, filter].filter(one => one !== undefined).length !== 1)
      return wrong('/cases', 'or `view`, or `filter`: one of the three');
    if (cases) {
      const ids = [...new Set(cases.map(id => id.toLowerCase()))];
      const where = seen(new Where(), operator)
        .and('c.administration_id = $?', operator.administrationId)
        .and('c.id = any($?::uuid[])', ids);
      const ours: { id: string }[] = await manager.query(
        `select c.id from case_file c where ${where.toString()}`,
        where.parameters,
      );
      return ours.length === ids.length ? ids : wrong('/cases', 'some of them are not here');
    }
    if (view === undefined) return found(manager, operator, filter ?? {});
    const saved = await this.views.one(operator, view);
    return saved ? found(manager, operator, saved.filter) : wrong('/view', 'there is none of this id here');
  }

  /** What the job does: takes some cases, and leaves the rest to the next job. Several at once do no case twice. */
  run({ bulkId }: Payload): Promise<void> {
    // Who prepared it is asked for at each step; the steps are the core's own.
    return asMachine('a bulk action', () => this.go(bulkId));
  }

  private async go(bulkId: string): Promise<void> {
    for (let taken = 0; taken < AT_ONCE; taken += 1) if (!(await this.next(bulkId))) return;
    await this.dataSource.transaction(manager => this.jobs.add(manager, JOB, { bulkId }, { key: `${JOB}:${bulkId}` }));
  }

  /** Never more is done than whoever prepared it may do now. */
  private async whyNot(bulk: Bulk): Promise<string | undefined> {
    if (!bulk.active) return 'Whoever prepared it no longer works here.';
    return (await this.roles.may(bulk, 'case.bulk'))
      ? undefined
      : 'Whoever prepared it may not ask the same of many cases any more.';
  }

  /** Takes the next case. `false`: there is none, or somebody stopped it. */
  private async next(bulkId: string): Promise<boolean> {
    let position: number | undefined;
    try {
      const { more } = await this.work.run(async manager => {
        const bulk = await running(manager, bulkId);
        if (!bulk) return { more: false };
        const barred = await this.whyNot(bulk);
        if (barred) {
          await manager.query(
            `update bulk_item set state = 'refused', problem = 'not-allowed', detail = $2 where bulk_id = $1 and state = 'waiting'`,
            [bulkId, barred],
          );
          this.log.warn({ bulkId, barred }, 'the rest of a bulk action is not done');
        }
        const [item]: { position: number; case_id: string }[] = await manager.query(
          `select position, case_id from bulk_item where bulk_id = $1 and state = 'waiting' order by position limit 1 for update`,
          [bulkId],
        );
        if (!item) {
          await manager.query(`update bulk_action set state = 'done', ended_at = now() where id = $1`, [bulkId]);
          return { more: false };
        }
        ({ position } = item);
        const result = await this.one(manager, bulk, bulkId, item.case_id);
        if (isRefused(result)) return result;
        await manager.query(
          `update bulk_item set state = 'done', problem = null, detail = null where bulk_id = $1 and position = $2`,
          [bulkId, position],
        );
        faultPoint('bulk.before-commit');
        return { more: true };
      });
      if (more) faultPoint('bulk.after-commit');
      return more;
    } catch (fault) {
      // What one case cannot bear must not keep the others waiting; what the system cannot bear is tried again.
      if (position === undefined || isSystemFault(fault)) throw fault;
      const [problem, detail] =
        fault instanceof Problem
          ? [fault.problem, fault.detail ?? null]
          : ['internal-error', wordsOf(fault).slice(0, 500)];
      const [, count]: [unknown[], number] = await this.dataSource.query(
        `update bulk_item set state = 'refused', problem = $3, detail = $4 where bulk_id = $1 and position = $2 and state = 'waiting'`,
        [bulkId, position, problem, detail],
      );
      this.log.info({ bulkId, problem, refused: count }, 'a bulk action was refused for a case');
      return true;
    }
  }

  private async one(manager: EntityManager, bulk: Bulk, bulkId: string, caseId: string): Promise<object | Refused> {
    const sight = await this.sights.now(bulk.id);
    const barred = sight && (await whyNotWith(manager, { ...bulk, sight }, [caseId], 'change'));
    if (!sight || barred) return barred ?? refused('not-found', 'There is no such case.');
    const request = { operator: { ...bulk, sight }, caseId, cause: bulkId };
    const { change, move, actions } = bulk.asked;
    if (actions) return this.performing.perform(manager, request, actions);
    if (move) return this.desk.move(manager, request, move);
    return this.desk.change(manager, request, change ?? {});
  }
}

const wrong = (pointer: string, detail: string): Refused => ({
  ...refused('invalid-input', 'Some fields are not right.'),
  errors: [{ pointer, detail }],
});

/** The cases of a filter, the newest first: no more than one too many. */
async function found(manager: EntityManager, operator: Asking, filter: CaseFilter): Promise<string[]> {
  const limit = MAX_BULK + 1;
  const { text } = filter;
  if (text !== undefined) {
    const { ctes, parameters } = walk(operator, { ...filter, text }, { limit });
    const rows: { id: string }[] = await manager.query(
      `${ctes} select id from hit order by place`,
      parameters.parameters,
    );
    return rows.map(row => row.id);
  }
  const where = filtered(new Where(), operator, filter);
  const rows: { id: string }[] = await manager.query(
    `select c.id from case_file c where ${where.toString()} order by c.opened_at desc, c.id desc limit ${limit}`,
    where.parameters,
  );
  return rows.map(row => row.id);
}

/** The bulk action, held so that nobody stops it in the middle of a case; `undefined` when it does not run. */
async function running(manager: EntityManager, bulkId: string): Promise<Bulk | undefined> {
  const rows: Bulk[] = await manager.query(
    `select p.id, p.administration_id as "administrationId", p.office_id as "officeId", p.role, p.active, b.asked
     from bulk_action b join operator p on p.id = b.operator_id where b.id = $1 and b.state = 'running' for update of b`,
    [bulkId],
  );
  return rows[0];
}

async function stateOf(
  manager: EntityManager,
  { administrationId }: Asking,
  id: string,
): Promise<{ state: string; operatorId: string } | Refused> {
  const rows: { state: string; operatorId: string }[] = await manager.query(
    `select state, operator_id as "operatorId" from bulk_action where administration_id = $1 and id = $2 for update`,
    [administrationId, id],
  );
  return rows[0] ?? NOT_FOUND;
}

/** What the rules say of each case as it is now. What depends on channels is known only when it is done. */
async function previewed(
  manager: EntityManager,
  operator: Asking,
  asked: BulkAsked,
  caseIds: readonly string[],
): Promise<Chosen[]> {
  const now = instant(new Date());
  const chosen: Chosen[] = [];
  for (let from = 0; from < caseIds.length; from += PREVIEWED_AT_ONCE) {
    const ids = caseIds.slice(from, from + PREVIEWED_AT_ONCE);
    const rows: Readonly<Record<string, unknown>>[] = await manager.query(
      `select ${CASE_COLUMNS} from unnest($1::uuid[]) with ordinality u(id, n) join case_file c on c.id = u.id order by u.n`,
      [ids],
    );
    for (const row of rows) {
      const current = caseOf(rowOf(row));
      const refusal = refusalOf(
        current,
        [...commandsOf(asked, current.office), ...commandsOf(asked.actions ?? {}, current.office)],
        operator,
        now,
      );
      chosen.push({ caseId: current.id, problem: refusal?.refused ?? null, detail: refusal?.detail ?? null });
    }
  }
  return chosen;
}

/** The first refusal of commands that follow each other. */
function refusalOf(current: Case, commands: readonly object[], { id }: Asking, now: Instant): Refusal | undefined {
  let state = current;
  for (const command of commands) {
    const decided = decide(state, { ...command, by: { kind: 'operator', id } } as Command, now);
    if (isRefusal(decided)) return decided;
    for (const event of decided) state = evolve(state, event);
  }
  return undefined;
}

/** The commands as the desk would give them, with words for the citizen taken as written. */
function commandsOf({ change, move }: Pick<BulkAsked, 'change' | 'move'>, office: string | null): object[] {
  return [...changesOf(change, office), ...movesOf(move, office)];
}

function changesOf(change: ChangeCase | undefined, office: string | null): object[] {
  if (change) {
    const { priority, kind, category, assignee, reason } = change;
    return [
      ...(priority ? [{ name: 'changePriority', priority }] : []),
      ...(kind ? [{ name: 'changeKind', kind }] : []),
      ...(category ? [{ name: 'changeCategory', category }] : []),
      ...((change.office ?? assignee)
        ? [{ name: 'assign', office: change.office ?? office ?? assignee, assignee, why: reason }]
        : []),
    ];
  }
  return [];
}

function movesOf(move: MoveCase | undefined, office: string | null): object[] {
  if (!move) return [];
  const { command, ...rest } = move;
  return [
    {
      reason: '',
      legalBasis: '',
      plannedDate: '',
      dueDate: '',
      leading: '',
      ...rest,
      office: rest.office ?? office ?? '',
      name: command,
      message: 'told',
    },
  ];
}
