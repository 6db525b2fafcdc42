import type { CaseChanged } from '@filodiretto/contracts';
import type { NatsConnection } from '@nats-io/transport-node';
import type pg from 'pg';
import { Core } from '../load/core.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn } from '../runtime/words.js';
import type { System } from '../system/system.js';
import { cpuMilliseconds } from './cpu.js';
import { percentile, rounded, type Measure } from './measure.js';

/** The clock is moved to so long before the moment: what it jumped over is said meanwhile. */
const BEFORE_MS = 20_000;
const FACTS: ReadonlySet<string> = new Set(['deadline_warned', 'deadline_breached', 'reminded', 'escalated']);

/**
 * How late something is said of a term while the core runs: the terms of so many cases come at one moment, as those do that end
 * with a day. From that moment to the announcement of the committed fact.
 */
export async function deadlineMeasures(
  { system, database, nats }: { readonly system: System; readonly database: pg.Client; readonly nats: NatsConnection },
  cases: readonly string[],
): Promise<Measure[]> {
  const [operator] = system.operators;
  if (!operator) throw new CannotGoOn('The demonstration has no operators.');
  const core = new Core(system.urls.crm, operator.token);
  await database.query(
    `update deadline d set started_at = f.started_at, anchor_at = f.anchor_at, due_at = f.due_at, next_at = f.next_at
     from deadline f where f.case_id = $1 and f.clock = d.clock and d.case_id = any($2::uuid[])`,
    [cases[0], cases],
  );
  // Of what other figures left open nothing is said: it would come at about the same time.
  await database.query('update deadline set next_at = null where next_at is not null and case_id <> all($1::uuid[])', [
    cases,
  ]);
  const { rows } = await database.query<{ at: Date }>(
    'select min(next_at) as at from deadline where case_id = any($1::uuid[])',
    [cases],
  );
  const at = rows[0]?.at;
  if (!at) throw new CannotGoOn('The cases of the bench have no terms.');
  const seconds = Math.floor((at.getTime() - BEFORE_MS - Date.now() - (await aheadMs(database))) / 1_000);
  if (seconds > 0) await core.post('/api/demonstration/clock', { seconds });
  const ahead = await aheadMs(database);
  await pause(Math.max(0, at.getTime() - ahead - Date.now() - 1_000));
  const programs = ['crm', 'postgres'] as const;
  const took = (): number[] => programs.map(name => cpuMilliseconds(system.program(name).pid));
  const before = took();
  const ours = new Set(cases);
  const late: number[] = [];
  const subscription = nats.subscribe('crm.event.case.>', {
    callback: (_error, event) => {
      const told = event.json<CaseChanged>();
      if (FACTS.has(told.fact) && ours.delete(told.case)) late.push(Date.now() + ahead - at.getTime());
    },
  });
  for (const until = Date.now() + 120_000; ours.size > 0 && Date.now() < until;) await pause(50);
  subscription.unsubscribe();
  if (ours.size > 0) throw new CannotGoOn(`Of ${ours.size} of ${cases.length} terms nothing was said.`);
  if (Math.min(...late) < 0) throw new CannotGoOn('Something was said of a term before its time.');
  const [ofCore, ofPostgres] = took().map((now, index) => rounded((now - (before[index] ?? 0)) / cases.length));
  const how = `${cases.length} terms that come at one moment; from that moment to the announcement of the committed fact; ${ofCore} ms of CPU in the core and ${ofPostgres} in PostgreSQL each`;
  return [
    { name: 'deadline.late.p50', value: rounded(percentile(late, 0.5)), unit: 'ms', how },
    { name: 'deadline.late.p95', value: rounded(percentile(late, 0.95)), unit: 'ms', how },
  ];
}

/** By how much the demonstration's time is ahead of the machine's. */
async function aheadMs(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ ms: string }>('select extract(epoch from ahead) * 1000 as ms from clock');
  return Number(rows[0]?.ms ?? 0);
}
