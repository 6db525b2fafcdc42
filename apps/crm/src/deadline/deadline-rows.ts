import { instant, type DeadlineClock, type Instant, type TimeUnit } from '@filodiretto/contracts/model';
import {
  alarms,
  due,
  lastDay,
  promiseOf,
  type Command,
  type Deadline,
  type Kept,
  type PromiseBook,
} from '@filodiretto/domain';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll, updateAll } from '../bulk.js';
import type { LedgerPages } from '../case/ledger.js';
import { groupedBy } from '../grouped.js';
import { isRefused } from '../refused.js';
import type { PolicyBook } from './policies.js';

interface DeadlineRow {
  readonly id: string;
  readonly case_id: string;
  readonly administration_id: string;
  readonly clock: DeadlineClock;
  readonly policy_id: string;
  readonly office_id: string | null;
  readonly task_id: string | null;
  readonly started_at: Date;
  readonly anchor_at: Date;
  readonly left_amount: number;
  readonly left_unit: TimeUnit;
  readonly due_at: Date | null;
  readonly stopped_at: Date | null;
  readonly stops: number;
  readonly stopped_days: number;
  readonly extended_at: Date | null;
  readonly warned_at: Date | null;
  readonly breached_at: Date | null;
  readonly rungs: number[];
  readonly ended_at: Date | null;
  readonly met: boolean | null;
}

/** The stored deadlines of some cases, by case; those that ended too. */
export async function readDeadlines(
  manager: EntityManager,
  caseIds: readonly string[],
  bookOf: (administrationId: string) => PolicyBook,
): Promise<Map<string, Kept[]>> {
  if (caseIds.length === 0) return new Map();
  const rows: DeadlineRow[] = await manager.query(
    'select * from deadline where case_id = any($1::uuid[]) order by started_at, clock',
    [caseIds],
  );
  return new Map(
    [...groupedBy(rows, row => row.case_id)].map(([id, own]) => [
      id,
      own.map(row => keptOf(row, bookOf(row.administration_id))),
    ]),
  );
}

/** Deadlines of a case to be written, whose new ones have no id yet. */
export interface CaseDeadlines {
  readonly caseId: string;
  readonly administrationId: string;
  readonly before: readonly Kept[];
  readonly now: readonly Kept[];
  readonly book: PromiseBook;
}

/** Writes what changed of some cases' deadlines: one statement for the new ones, one for the others. */
export async function writeDeadlines(manager: EntityManager, cases: readonly CaseDeadlines[]): Promise<void> {
  const changed = cases.flatMap(one =>
    one.now
      .filter(kept => kept.id === null || !one.before.includes(kept))
      .map(kept => ({ isNew: kept.id === null, row: rowOf(one, kept) })),
  );
  // Those that end make room for those that begin.
  await updateAll(
    manager,
    'deadline',
    changed.flatMap(({ isNew, row }) => (isNew ? [] : [row])),
  );
  await insertAll(
    manager,
    'deadline',
    changed.flatMap(({ isNew, row }) => (isNew ? [row] : [])),
  );
}

/** The nearest term of a case that runs; null when none does. What others were asked has a term of its own. */
export const nextDueOf = (kept: readonly Kept[]): Date | null => {
  const dues = kept.flatMap(({ deadline, task }) =>
    task === undefined && deadline.endedAt === null && deadline.dueAt !== null ? [Date.parse(deadline.dueAt)] : [],
  );
  return dues.length === 0 ? null : new Date(Math.min(...dues));
};

/** The day that the citizen of a case is told; null while that term stands still; `undefined`: none was ever promised. */
export function promisedDayOf(kept: readonly Kept[], book: PromiseBook): string | null | undefined {
  const promise = promiseOf(kept);
  if (!promise) return undefined;
  const { deadline, office } = promise;
  if (deadline.dueAt !== null) return lastDay(book.calendar(office), deadline.dueAt);
  return deadline.stoppedAt !== null && deadline.endedAt === null ? null : undefined;
}

/** A deadline whose term is counted again on the calendar as it is now, and what tells so when it is due later. */
export function countedAgain(kept: Kept, book: PromiseBook): { readonly kept: Kept; readonly commands: Command[] } {
  const { deadline, policy, office, task } = kept;
  const { clock, dueAt: previousDueAt } = deadline;
  const dueAt = due(deadline, policy, book.calendar(office));
  if (dueAt === null || previousDueAt === null || dueAt === previousDueAt) return { kept, commands: [] };
  const of = task === undefined ? {} : { task };
  const by = { kind: 'system' } as const;
  return {
    kept: { ...kept, deadline: { ...deadline, dueAt } },
    commands: [{ name: 'recountDeadline', clock, dueAt, previousDueAt, ...of, by }],
  };
}

/** When a deadline has something to say next, by the calendar as it is now; null: never. */
export const nextAlarmOf = ({ deadline, policy, office }: Kept, book: PromiseBook): Instant | null =>
  alarms(deadline, policy, book.calendar(office))[0]?.at ?? null;

/** What a clock says goes into the journal of its case, which is open on the pages. Throws when the case refuses it. */
export function applied(pages: LedgerPages, caseId: string, commands: readonly Command[]): void {
  if (commands.length === 0) return;
  const result = pages.apply({ caseId, commands: [...commands], cause: null });
  if (isRefused(result)) throw new Error(`the case refused what its clock says: ${result.detail}`);
}

/** Every deadline of a case that was looked at is written: what is said next, and when, is counted again. */
export const touched = (one: CaseDeadlines): CaseDeadlines => ({
  ...one,
  now: one.now.map(kept => (kept.deadline.endedAt === null ? { ...kept } : kept)),
});

const at = (date: Date): Instant => instant(date);
const atOrNull = (date: Date | null): Instant | null => (date === null ? null : instant(date));

function keptOf(row: DeadlineRow, book: PolicyBook): Kept {
  const deadline: Deadline = {
    clock: row.clock,
    startedAt: at(row.started_at),
    anchorAt: at(row.anchor_at),
    left: { amount: row.left_amount, unit: row.left_unit },
    dueAt: atOrNull(row.due_at),
    stoppedAt: atOrNull(row.stopped_at),
    stops: row.stops,
    stoppedDays: row.stopped_days,
    extendedAt: atOrNull(row.extended_at),
    warnedAt: atOrNull(row.warned_at),
    breachedAt: atOrNull(row.breached_at),
    rungs: row.rungs,
    endedAt: atOrNull(row.ended_at),
    met: row.met,
  };
  return {
    id: row.id,
    deadline,
    policy: book.version(row.policy_id),
    office: row.office_id,
    ...(row.task_id === null ? {} : { task: row.task_id }),
  };
}

function rowOf({ caseId, administrationId, book }: CaseDeadlines, kept: Kept): { readonly id: string } {
  const { deadline, policy, office } = kept;
  return {
    id: kept.id ?? newId(),
    ...{
      caseId,
      administrationId,
      clock: deadline.clock,
      policyId: policy.id,
      officeId: office,
      taskId: kept.task ?? null,
      startedAt: deadline.startedAt,
      anchorAt: deadline.anchorAt,
      leftAmount: deadline.left.amount,
      leftUnit: deadline.left.unit,
      dueAt: deadline.dueAt,
      stoppedAt: deadline.stoppedAt,
      stops: deadline.stops,
      stoppedDays: deadline.stoppedDays,
      extendedAt: deadline.extendedAt,
      warnedAt: deadline.warnedAt,
      breachedAt: deadline.breachedAt,
      rungs: deadline.rungs,
      endedAt: deadline.endedAt,
      met: deadline.met,
      nextAt: nextAlarmOf(kept, book),
      trouble: null,
    },
  };
}
