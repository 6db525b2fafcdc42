import type { DeadlineView, HoldingView } from '@filodiretto/contracts';
import { instant, type DeadlineClock, type EffectOnExpiry, type Instant } from '@filodiretto/contracts/model';
import { stateOf } from '@filodiretto/domain';
import { atOrNull, present } from '../http/present.js';

export interface DeadlineJson {
  readonly clock: DeadlineClock;
  readonly name: string;
  readonly rule: { readonly legal: boolean; readonly promised: boolean; readonly effectOnExpiry: EffectOnExpiry };
  readonly started_at: string;
  readonly due_at: string | null;
  readonly stopped_at: string | null;
  readonly extended_at: string | null;
  readonly breached_at: string | null;
  readonly ended_at: string | null;
  readonly met: boolean | null;
}

/** SQL of the deadlines of the case `c`. */
export const DEADLINES = `(
  select coalesce(json_agg(v order by v.started_at, v.clock), '[]') from (
    select d.clock, y.name, y.rule, d.started_at, d.due_at, d.stopped_at, d.extended_at, d.breached_at, d.ended_at, d.met
    from deadline d join deadline_policy y on y.id = d.policy_id where d.case_id = c.id and d.task_id is null
  ) v)`;

const instantOrNull = (text: string | null): Instant | null => (text === null ? null : instant(text));

export const deadlineView = (row: DeadlineJson, now: Instant): DeadlineView => ({
  clock: row.clock,
  name: row.name,
  state: stateOf(
    {
      endedAt: instantOrNull(row.ended_at),
      met: row.met,
      breachedAt: instantOrNull(row.breached_at),
      stoppedAt: instantOrNull(row.stopped_at),
      dueAt: instantOrNull(row.due_at),
    },
    now,
  ),
  legal: row.rule.legal,
  promised: row.rule.promised,
  effectOnExpiry: row.rule.effectOnExpiry,
  startedAt: instant(row.started_at),
  ...present({
    dueAt: atOrNull(row.due_at),
    stoppedAt: atOrNull(row.stopped_at),
    extendedAt: atOrNull(row.extended_at),
    breachedAt: atOrNull(row.breached_at),
    endedAt: atOrNull(row.ended_at),
  }),
});

/** The facts by which a case passes from hand to hand. */
const HANDS: ReadonlySet<string> = new Set([
  'opened',
  'assigned',
  'reassigned',
  'substituted',
  'competence_refused',
  'taken_in_charge',
  'reopened',
]);

/** Who holds a case since when and until when: taking charge first, then what the citizen was promised. */
export function holdingOf(said: {
  readonly holder: Pick<HoldingView, 'office' | 'sorting' | 'responsible' | 'operator'>;
  readonly journal: readonly { readonly fact: string; readonly at: string }[];
  readonly openedAt: Date;
  readonly deadlines: readonly DeadlineJson[];
}): HoldingView {
  const since = said.journal.findLast(entry => HANDS.has(entry.fact))?.at ?? said.openedAt;
  const running = said.deadlines.filter(one => one.ended_at === null && one.due_at !== null);
  const until =
    running.find(one => one.clock === 'take_charge') ?? running.find(one => one.rule.promised) ?? running[0];
  return { ...said.holder, since: instant(since), ...present({ until: atOrNull(until?.due_at ?? null) }) };
}
