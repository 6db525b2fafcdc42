import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Inbound } from '@filodiretto/contracts';
import { pause } from '../runtime/program.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { ClaimLimit } from './claim-limit.js';
import { percentile, rate, rounded, type Measure } from './measure.js';

const QUEUES = 20;
const OPERATORS = 1_000;
const WAITING = 100_000;
const PER_SECOND = 100;

/** What routing needs of the bench: the database, and a way to have a citizen say something through a channel. */
export interface RoutingGround {
  readonly database: string;
  readonly say: (message: Pick<Inbound, 'account' | 'conversation'>) => Promise<void>;
  readonly channel: string;
  readonly tell: Tell;
}

/**
 * Routing on an administration of its own: a thousand operators in twenty queues, a hundred thousand cases that wait. First what
 * comes at a steady pace and can be taken, while all that waits cannot; then all that waits, let go at once.
 */
export async function routing(ground: RoutingGround, scale: number): Promise<Measure[]> {
  const limit = await ClaimLimit.open(ground.database, { queues: QUEUES, operators: OPERATORS, items: WAITING });
  const bare = await limit.claims(Math.ceil(6_000 * scale));
  await limit.close();
  ground.tell(`PostgreSQL alone, one claim a transaction: ${rounded(bare.perSecond)}/s, p95 ${rounded(bare.p95)} ms`);
  const floor = await Floor.build(ground, scale);
  try {
    const waits = await floor.steady(Math.max(3, Math.ceil(30 * scale)));
    const decisions = await floor.rush(Math.ceil(20_000 * scale));
    await floor.verify();
    const how = `${OPERATORS} operators in ${QUEUES} queues, ${floor.waiting} cases that wait and nobody can take; ${PER_SECOND} that come each second, from stored to offered; 0 double assignments, 0 over capacity`;
    return [
      rate(
        'routing.decisions',
        decisions,
        bare.perSecond,
        '/s',
        `${floor.waiting} cases that wait, ${OPERATORS} operators, offers committed; beside the bare claim in SQL, one a transaction by eight; 0 double assignments, 0 over capacity`,
      ),
      { name: 'routing.offer.p50', value: rounded(percentile(waits, 0.5)), unit: 'ms', how },
      rate(
        'routing.offer.p95',
        percentile(waits, 0.95),
        bare.p95,
        'ms',
        `${how}; beside the p95 of one bare claim, a ratio above 1 is slower`,
      ),
      { name: 'routing.offer.p99', value: rounded(percentile(waits, 0.99)), unit: 'ms', how },
    ];
  } finally {
    await floor.close();
  }
}

class Floor {
  private constructor(
    private readonly ground: RoutingGround,
    private readonly database: pg.Client,
    private readonly administration: string,
    private readonly accounts: readonly string[],
    readonly waiting: number,
  ) {}

  /** Offices, operators and what waits, by a few statements. Operators are there, and nothing that waits is for them. */
  static async build(ground: RoutingGround, scale: number): Promise<Floor> {
    const database = new pg.Client(ground.database);
    await database.connect();
    try {
      return await Floor.fill(ground, database, scale);
    } catch (error) {
      await database.end();
      throw error;
    }
  }

  private static async fill(ground: RoutingGround, database: pg.Client, scale: number): Promise<Floor> {
    const administration = randomUUID();
    const waiting = Math.ceil(WAITING * Math.min(1, scale));
    const accounts = Array.from({ length: QUEUES }, (_, queue) => `banco-${administration.slice(0, 8)}-${queue}`);
    const offices = accounts.map(() => randomUUID());
    await database.query('begin');
    await database.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier)
       values ($1::uuid, $1::uuid, null, 'banco-' || $1::uuid::text, 'Banco', 'administration', 1)`,
      [administration],
    );
    await database.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier)
       select o, $1::uuid, $1::uuid, o::text, 'Coda', 'office', 1 from unnest($2::uuid[]) o`,
      [administration, offices],
    );
    await database.query(
      `insert into operator (id, administration_id, office_id, code, name, role)
       select gen_random_uuid(), $1::uuid, ($2::uuid[])[1 + n % $3::int], 'banco-' || n, 'Operatore', 'tier1_operator'
       from generate_series(1, $4::int) n`,
      [administration, offices, QUEUES, OPERATORS],
    );
    await database.query(
      `insert into operator_presence (operator_id, administration_id, status, heartbeat_at)
       select id, $1::uuid, 'available', now() + interval '1 hour' from operator where administration_id = $1::uuid`,
      [administration],
    );
    await database.query(
      `insert into channel_account (channel, account, administration_id) select $1::text, a, $2::uuid from unnest($3::text[]) a`,
      [ground.channel, administration, accounts],
    );
    await database.query(
      `insert into routing_rule (id, administration_id, position, conditions, office_id)
       select gen_random_uuid(), $1::uuid, n * 10, jsonb_build_object('account', jsonb_build_array(a)), o
       from unnest($2::text[], $3::uuid[]) with ordinality r(a, o, n)`,
      [administration, accounts, offices],
    );
    await database.query(
      `with made as (
         insert into case_file (id, administration_id, number, state, kind, office_id, priority, subject, version, journal_hash,
           opened_at, updated_at)
         select gen_random_uuid(), $1::uuid, 'B-' || n, 'assigned', 'information', ($2::uuid[])[1 + n % $3::int],
           (array['low', 'normal', 'high', 'urgent'])[1 + n % 4], 'Lampione spento', 1, '\\x00', now() - n * interval '1 second', now()
         from generate_series(1, $4::int) n returning *)
       insert into work_item (id, administration_id, office_id, case_id, state, weight, skills, priority, virtual_start,
         effective_start, need)
       select gen_random_uuid(), administration_id, office_id, id, 'queued', 1, '[{"skill":"rara","level":1}]', priority, opened_at,
         opened_at - case priority when 'urgent' then 90 when 'high' then 60 when 'normal' then 30 else 0 end * interval '1 minute',
         'rara' from made`,
      [administration, offices, QUEUES, waiting],
    );
    await database.query(
      `insert into queue_setting (office_id, administration_id, strategy, settings)
       select o, $1::uuid, 'longest_idle', $3::jsonb from unnest($2::uuid[]) o`,
      [administration, offices, JSON.stringify(SETTINGS)],
    );
    await database.query('commit');
    for (const table of ['work_item', 'operator_presence', 'operator', 'membership', 'offer'])
      await database.query(`analyze ${table}`);
    return new Floor(ground, database, administration, accounts, waiting);
  }

  /** What comes at a steady pace: for how many milliseconds each waited for its offer, by the clock of the database. */
  async steady(seconds: number): Promise<number[]> {
    const count = PER_SECOND * seconds;
    // The core reads new rules within five seconds.
    await pause(6_000);
    const start = performance.now();
    const said: Promise<void>[] = [];
    for (let index = 0; index < count; index += 1) {
      const wait = start + (index * 1_000) / PER_SECOND - performance.now();
      if (wait > 1) await pause(wait);
      said.push(this.ground.say({ account: this.accounts[index % QUEUES] ?? '', conversation: randomUUID() }));
    }
    await Promise.all(said);
    const waits = await this.until(
      `select (extract(epoch from f.offered_at - w.queued_at) * 1000)::float8 as value
       from work_item w join offer f on f.work_item_id = w.id where w.administration_id = $1 and w.channel is not null`,
      count,
      60,
    );
    await this.database.query(`update operator_presence set status = 'busy' where administration_id = $1`, [
      this.administration,
    ]);
    return waits;
  }

  /** All that waits can be taken at once: decisions a second, over the first so many. */
  async rush(count: number): Promise<number> {
    const wanted = Math.min(count, this.waiting);
    await this.database.query(
      `update work_item set skills = '[]', need = 'chiunque' where administration_id = $1 and state = 'queued' and need = 'rara'`,
      [this.administration],
    );
    await this.database.query('vacuum analyze work_item');
    const before = new Set(await this.values('select id::text as value from offer where administration_id = $1'));
    await this.database.query(
      `update operator_presence set status = 'available', capacity = 1000 where administration_id = $1`,
      [this.administration],
    );
    const times = await this.until(
      `select (extract(epoch from offered_at) * 1000)::float8 as value from offer where administration_id = $1 order by offered_at`,
      before.size + wanted,
      120,
    );
    await this.database.query(`update operator_presence set status = 'busy' where administration_id = $1`, [
      this.administration,
    ]);
    const mine = times.slice(before.size, before.size + wanted);
    return (mine.length / ((mine.at(-1) ?? 0) - (mine[0] ?? 0))) * 1_000;
  }

  /** Throws when anything was given twice, or anybody was given too much. */
  async verify(): Promise<void> {
    const wrong = await this.values<string>(
      `select 'offered twice: ' || work_item_id as value from offer where administration_id = $1 and state = 'offered'
         group by work_item_id having count(*) > 1
       union all
       select 'over capacity: ' || p.operator_id from operator_presence p where p.administration_id = $1 and (p.load > p.capacity
         or p.load <> (select coalesce(sum(w.weight), 0) from offer f join work_item w on w.id = f.work_item_id
                       where f.operator_id = p.operator_id and f.state = 'offered'))`,
    );
    if (wrong.length > 0) throw new CannotGoOn(`Routing broke its promise: ${wrong.slice(0, 5).join('; ')}`);
  }

  /** Takes it all away, so that what is measured afterwards is not burdened. */
  async close(): Promise<void> {
    await this.database.query(
      `update queue_setting set strategy = 'pull', settings = settings || '{"strategy":"pull"}' where administration_id = $1`,
      [this.administration],
    );
    await this.database.query(
      `update operator_presence set status = 'offline', load = 0, in_hand = '{}' where administration_id = $1`,
      [this.administration],
    );
    await this.database.query('delete from offer where administration_id = $1', [this.administration]);
    await this.database.query('delete from work_item where administration_id = $1', [this.administration]);
    await this.database.end();
  }

  private async values<T = string>(statement: string): Promise<T[]> {
    const { rows } = await this.database.query<{ value: T }>(statement, [this.administration]);
    return rows.map(row => row.value);
  }

  private async until(statement: string, count: number, seconds: number): Promise<number[]> {
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; await pause(250)) {
      const [found] = await this.values<number>(`select count(*)::int as value from (${statement}) s`);
      if (found !== undefined && found >= count) return this.values<number>(statement);
    }
    throw new CannotGoOn(`Routing did not make ${count} offers within ${seconds} seconds.`);
  }
}

/** Nothing lapses while it is measured. */
const SETTINGS = {
  strategy: 'longest_idle',
  scoring: { perPriority: 30, perMinute: 1, ofDue: 15, dueWithinSeconds: 600 },
  rings: [],
  leaseSeconds: 3_600,
  excludeSeconds: 120,
  missesBeforeAway: 2,
  wrapUpSeconds: 0,
  autoAccept: false,
  offersAtOnce: 3,
  stickyDays: 0,
  stickyWaitSeconds: 20,
  targetSeconds: null,
  endOfShiftMinutes: null,
};
