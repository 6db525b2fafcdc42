import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PRIORITIES, type Priority, type Strategy } from '@filodiretto/contracts';
import { DEFAULT_QUEUE, type QueueSettings } from '@filodiretto/domain';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../data-source.js';
import { isRefused } from '../refused.js';
import { testDatabase, type TestDatabase } from '../testing.js';
import { Floor } from './testing.js';

let database: TestDatabase;
let pool: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  pool = await new DataSource(dataSourceOptions(database.url, 4)).initialize();
}, 60_000);
afterAll(async () => {
  await pool.destroy();
  await database.drop();
}, 60_000);

/** How far time goes in one step: so much that what the test itself takes decides nothing. Every term lies between two steps. */
const STEP_SECONDS = 10_000;
const LEASE_SECONDS = 1.5 * STEP_SECONDS;
const EXCLUDE_SECONDS = 4.5 * STEP_SECONDS;
const RING_SECONDS = 6.5 * STEP_SECONDS;
const CAPACITY = 20;
const WEIGHT = 10;
const SKILL = 'tributi';
const DAY = 86_400_000;

interface Item {
  readonly priority: Priority;
  readonly skilled: boolean;
  /** When it came, and its place among all that came. */
  readonly since: number;
  readonly turn: number;
  state: 'queued' | 'offered' | 'assigned' | 'done';
  holder: string | null;
  readonly sparedUntil: Map<string, number>;
}
interface Offered {
  readonly item: string;
  readonly operator: string;
  readonly until: number;
  state: 'offered' | 'accepted' | 'rejected' | 'expired' | 'rescinded';
}
interface Person {
  status: 'available' | 'away' | 'offline';
  silent: boolean;
  misses: number;
  readonly skilled: boolean;
}

/** What a queue promises, said again without a database, a transaction or a lock. Seconds. */
class Model {
  now = 0;
  readonly items = new Map<string, Item>();
  readonly offers = new Map<string, Offered>();
  readonly people = new Map<string, Person>();

  constructor(
    private readonly settings: QueueSettings,
    operators: readonly string[],
  ) {
    for (const [index, operator] of operators.entries())
      this.people.set(operator, { status: 'available', silent: false, misses: 0, skilled: index === 0 });
  }

  item(id: string): Item {
    const item = this.items.get(id);
    if (!item) throw new Error(`nobody brought ${id}`);
    return item;
  }
  person(id: string): Person {
    const person = this.people.get(id);
    if (!person) throw new Error(`nobody is ${id}`);
    return person;
  }
  openOf(item: string): Offered[] {
    return [...this.offers.values()].filter(offer => offer.item === item && offer.state === 'offered');
  }

  arrives(id: string, priority: Priority, skilled: boolean): void {
    this.items.set(id, {
      priority,
      skilled,
      since: this.now,
      turn: this.items.size,
      state: 'queued',
      holder: null,
      sparedUntil: new Map(),
    });
  }

  /** What waits, in the order in which it is given out. */
  waiting(): string[] {
    const { perPriority, perMinute } = this.settings.scoring;
    const points = ({ priority, since }: Item): number =>
      PRIORITIES.indexOf(priority) * perPriority + ((this.now - since) / 60) * perMinute;
    return [...this.items]
      .filter(([, item]) => item.state === 'queued')
      .sort(([, a], [, b]) => points(b) - points(a) || a.turn - b.turn)
      .map(([id]) => id);
  }

  load(operator: string): number {
    const held = [...this.items.values()].filter(item => item.state === 'assigned' && item.holder === operator).length;
    const offered = [...this.offers.values()].filter(
      one => one.state === 'offered' && one.operator === operator,
    ).length;
    return (held + offered) * WEIGHT;
  }

  /** Whether somebody can be given some work, whatever they say of themselves. */
  fits(itemId: string, operator: string): boolean {
    const item = this.item(itemId);
    return (
      this.load(operator) + WEIGHT <= CAPACITY &&
      (item.sparedUntil.get(operator) ?? 0) <= this.now &&
      (!item.skilled || this.person(operator).skilled || this.now - item.since >= RING_SECONDS)
    );
  }
  able(itemId: string): string[] {
    return [...this.people]
      .filter(([id, one]) => one.status === 'available' && !one.silent && this.fits(itemId, id))
      .map(([id]) => id);
  }

  /** What was given out, in an order of its own: each to somebody who could, none passed over, nothing left that somebody could have. */
  given(made: readonly { readonly id: string; readonly operator: string; readonly item: string }[]): void {
    const atOnce = this.settings.strategy === 'first_to_accept' ? this.settings.offersAtOnce : 1;
    const left = new Set(made);
    for (const itemId of this.waiting()) {
      const able = this.able(itemId);
      const its = [...left].filter(offer => offer.item === itemId);
      expect({ offered: its.length }).toEqual({ offered: Math.min(atOnce, able.length) });
      for (const offer of its) {
        expect(able).toContain(offer.operator);
        left.delete(offer);
        this.offers.set(offer.id, {
          item: itemId,
          operator: offer.operator,
          until: this.now + LEASE_SECONDS,
          state: 'offered',
        });
        this.item(itemId).state = 'offered';
      }
    }
    expect([...left]).toEqual([]);
  }

  accept(offerId: string): 'ok' | 'offer-over' {
    const offer = this.offer(offerId);
    if (offer.state === 'accepted') return 'ok';
    if (offer.state !== 'offered' || offer.until <= this.now) return 'offer-over';
    for (const other of this.openOf(offer.item)) other.state = 'rescinded';
    offer.state = 'accepted';
    this.person(offer.operator).misses = 0;
    this.assign(offer.item, offer.operator);
    return 'ok';
  }

  reject(offerId: string): 'ok' | 'offer-over' {
    const offer = this.offer(offerId);
    if (offer.state === 'rejected') return 'ok';
    if (offer.state !== 'offered' || offer.until <= this.now) return 'offer-over';
    this.settle(offer, 'rejected');
    this.person(offer.operator).misses = 0;
    return 'ok';
  }

  /** What whoever asks for the next is given: the first that fits them. */
  next(operator: string): string | null {
    const found = this.waiting().find(id => this.fits(id, operator)) ?? null;
    if (found !== null) this.assign(found, operator);
    return found;
  }

  ends(itemId: string): void {
    const item = this.item(itemId);
    for (const offer of this.openOf(itemId)) offer.state = 'rescinded';
    item.state = 'done';
    item.holder = null;
  }

  says(operator: string, status: 'available' | 'away'): void {
    Object.assign(this.person(operator), { status, silent: false, misses: 0 });
  }

  sweep(): void {
    for (const person of this.people.values())
      if (person.silent && person.status !== 'offline') person.status = 'offline';
    for (;;) {
      const over = [...this.offers.values()].filter(
        offer =>
          offer.state === 'offered' && (offer.until <= this.now || this.person(offer.operator).status !== 'available'),
      );
      if (over.length === 0) return;
      for (const offer of over) this.settle(offer, offer.until <= this.now ? 'expired' : 'rescinded');
      for (const offer of over.filter(one => one.state === 'expired')) this.person(offer.operator).misses += 1;
      for (const person of this.people.values())
        if (person.status === 'available' && person.misses >= this.settings.missesBeforeAway) person.status = 'away';
    }
  }

  private offer(id: string): Offered {
    const offer = this.offers.get(id);
    if (!offer) throw new Error(`nobody was offered ${id}`);
    return offer;
  }
  private settle(offer: Offered, state: 'rejected' | 'expired' | 'rescinded'): void {
    offer.state = state;
    const item = this.item(offer.item);
    if (state !== 'rescinded') item.sparedUntil.set(offer.operator, this.now + EXCLUDE_SECONDS);
    if (this.openOf(offer.item).length === 0) item.state = 'queued';
  }
  private assign(itemId: string, operator: string): void {
    Object.assign(this.item(itemId), { state: 'assigned', holder: operator });
  }

  /** All of it, as the tables would say it. */
  told(): Told {
    return {
      items: [...this.items]
        .map(([id, { state, holder, since }]) => ({
          id,
          state,
          holder,
          age: Math.round((this.now - since) / STEP_SECONDS),
        }))
        .sort(byId),
      offers: [...this.offers].map(([id, { operator, state }]) => ({ id, operator, state })).sort(byId),
      people: [...this.people]
        .map(([id, { status, misses }]) => ({ id, status, misses, load: this.load(id) }))
        .sort(byId),
    };
  }
}

interface Told {
  readonly items: readonly { id: string; state: string; holder: string | null; age: number }[];
  readonly offers: readonly { id: string; operator: string; state: string }[];
  readonly people: readonly { id: string; status: string; misses: number; load: number }[];
}
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** What the tables say. */
async function told({ administrationId }: Floor): Promise<Told> {
  const rows = <Row>(sql: string): Promise<Row[]> => pool.query(sql, [administrationId]);
  const [items, offers, people] = await Promise.all([
    rows<Told['items'][number]>(
      `select case_id as id, state, operator_id as holder,
         round(extract(epoch from clock_timestamp() - virtual_start) / ${STEP_SECONDS})::int as age
       from work_item where administration_id = $1`,
    ),
    rows<Told['offers'][number]>('select id, operator_id as operator, state from offer where administration_id = $1'),
    rows<Told['people'][number]>(
      'select operator_id as id, status, misses, load from operator_presence where administration_id = $1',
    ),
  ]);
  return { items: items.sort(byId), offers: offers.sort(byId), people: people.sort(byId) };
}

/** Time goes by for all that is stored of a floor; whoever is there gives signs of life meanwhile. */
async function wait({ administrationId }: Floor): Promise<void> {
  const earlier = (table: string, columns: readonly string[]): Promise<unknown> =>
    pool.query(
      `update ${table} set ${columns.map(one => `${one} = ${one} - make_interval(secs => ${STEP_SECONDS})`).join(', ')}
       where administration_id = $1`,
      [administrationId],
    );
  await earlier('offer', ['offered_at', 'expires_at', 'settled_at']);
  await earlier('work_item', [
    'virtual_start',
    'effective_start',
    'next_ring_at',
    'queued_at',
    'assigned_at',
    'done_at',
  ]);
  await earlier('operator_presence', ['since', 'idle_since', 'last_offer_at']);
}

const said = (answer: object): string => (isRefused(answer) ? answer.refused : 'ok');
const one = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

/** What happens, to the tables and to the model; where they answer, they answer the same. */
const STEPS = {
  arrives: async (floor, model, pick) => {
    const [priority, skilled] = [PRIORITIES[pick % 4] ?? 'normal', pick % 3 === 0];
    model.arrives(await floor.arrives(priority, skilled ? [{ skill: SKILL, level: 1 }] : []), priority, skilled);
  },
  gives: async (floor, model) => {
    const { offers } = await floor.give();
    const open = await floor.open();
    model.given(
      offers.map(({ id, operator }) => ({ id, operator, item: open.find(offer => offer.id === id)?.case_id ?? '' })),
    );
  },
  accepts: async (floor, model, pick) => {
    const [id, offer] = one([...model.offers], pick) ?? [];
    if (id === undefined || !offer) return;
    expect(said(await floor.accept(offer.operator, id))).toBe(model.accept(id));
  },
  acceptsForAnother: async (floor, model, pick) => {
    const [id, offer] = one([...model.offers], pick) ?? [];
    const another = floor.operators.find(operator => operator !== offer?.operator);
    if (id !== undefined && another !== undefined) expect(said(await floor.accept(another, id))).toBe('not-found');
  },
  rejects: async (floor, model, pick) => {
    const [id, offer] = one([...model.offers], pick) ?? [];
    if (id === undefined || !offer) return;
    expect(said(await floor.reject(offer.operator, id))).toBe(model.reject(id));
  },
  takes: async (floor, model, pick) => {
    const operator = one(floor.operators, pick) ?? '';
    await floor.next(operator);
    const expected = model.next(operator);
    if (expected === null) return;
    const [offer]: { id: string }[] = await pool.query(
      `select f.id from offer f join work_item w on w.id = f.work_item_id
       where w.case_id = $1 and f.operator_id = $2 and f.state = 'accepted'`,
      [expected, operator],
    );
    if (!offer) throw new Error('they were given something else, or nothing');
    model.offers.set(offer.id, { item: expected, operator, until: model.now, state: 'accepted' });
  },
  ends: async (floor, model, pick) => {
    const [id, item] =
      one(
        [...model.items].filter(([, each]) => each.state === 'assigned'),
        pick,
      ) ?? [];
    if (id === undefined || !item) return;
    await floor.ends(id, item.holder ?? '');
    model.ends(id);
  },
  goesSilent: async (floor, model, pick) => {
    const operator = one(floor.operators, pick) ?? '';
    await floor.goesSilent(operator);
    model.person(operator).silent = true;
  },
  comes: async (floor, model, pick) => {
    const operator = one(floor.operators, pick) ?? '';
    await floor.say(operator, 'available');
    model.says(operator, 'available');
  },
  leaves: async (floor, model, pick) => {
    const operator = one(floor.operators, pick) ?? '';
    await floor.say(operator, 'away');
    model.says(operator, 'away');
  },
  waits: async (floor, model) => {
    await wait(floor);
    model.now += STEP_SECONDS;
  },
  sweeps: async (floor, model) => {
    await floor.sweep();
    model.sweep();
  },
} satisfies Record<string, (floor: Floor, model: Model, pick: number) => Promise<void>>;
type Step = keyof typeof STEPS;
const NAMES = Object.keys(STEPS) as Step[];

describe('a queue on PostgreSQL beside its model', () => {
  it('P1 to P8, P10, P12, P13: does what the model says, whatever happens, restarted at every step, with a clock that is wrong', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Strategy>('longest_idle', 'least_loaded', 'round_robin', 'best_skill', 'first_to_accept'),
        fc.array(
          fc.record({
            name: fc.constantFrom(
              ...NAMES,
              'arrives',
              'arrives',
              'gives',
              'gives',
              'gives',
              'waits',
              'sweeps',
              'accepts',
            ),
            pick: fc.nat(50),
            clock: fc.constantFrom(-DAY, 0, DAY),
          }),
          { minLength: 30, maxLength: 60 },
        ),
        async (strategy, steps) => {
          const settings: QueueSettings = {
            ...DEFAULT_QUEUE,
            strategy,
            leaseSeconds: LEASE_SECONDS,
            excludeSeconds: EXCLUDE_SECONDS,
            offersAtOnce: 2,
            rings: [{ afterSeconds: RING_SECONDS, dropSkills: ['*'] }],
          };
          const floor = await Floor.open(pool, 3, settings, CAPACITY);
          await pool.query('insert into operator_skill (operator_id, skill, level) values ($1, $2, 3)', [
            floor.operators[0],
            SKILL,
          ]);
          const model = new Model(settings, floor.operators);
          for (const { name, pick, clock } of steps) {
            const alive = floor.operators.filter(operator => !model.person(operator).silent);
            await pool.query(
              'update operator_presence set heartbeat_at = clock_timestamp() where operator_id = any($1::uuid[])',
              [alive],
            );
            const wrong = Date.now() + clock;
            const skew = jest.spyOn(Date, 'now').mockReturnValue(wrong);
            try {
              const step: (floor: Floor, model: Model, pick: number) => Promise<void> = STEPS[name];
              await step(floor.restarted(), model, pick);
            } finally {
              skew.mockRestore();
            }
            expect({ after: name, ...(await told(floor)) }).toEqual({ after: name, ...model.told() });
            expect({ after: name, broken: await floor.broken() }).toEqual({ after: name, broken: [] });
          }
          for (const { state } of model.offers.values()) seen.set(state, (seen.get(state) ?? 0) + 1);
        },
      ),
      { numRuns: 30 },
    );
    // The stories came to where something can go wrong.
    for (const state of ['accepted', 'rejected', 'expired', 'rescinded'])
      expect(seen.get(state) ?? 0).toBeGreaterThan(0);
  }, 240_000);
});
