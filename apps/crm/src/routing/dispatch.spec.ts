import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PRIORITIES, type Strategy } from '@filodiretto/contracts';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../data-source.js';
import { isConflict, isSystemFault } from '../faults.js';
import { isRefused } from '../refused.js';
import { testDatabase, type TestDatabase } from '../testing.js';
import { Floor } from './testing.js';

const CLIENTS = 16;

let database: TestDatabase;
/** As many connections as clients: each works as a process of its own would. */
let pool: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  pool = await new DataSource({
    ...dataSourceOptions(database.url, CLIENTS + 2),
    applicationName: 'routing-under-test',
    poolErrorHandler: () => undefined,
  }).initialize();
}, 60_000);
afterAll(async () => {
  await pool.destroy();
  await database.drop();
}, 60_000);

const available = (floor: Floor): Promise<unknown> =>
  pool.query(
    `update operator_presence set status = 'available', heartbeat_at = now(), misses = 0 where administration_id = $1`,
    [floor.administrationId],
  );

describe('a queue on PostgreSQL', () => {
  let floor: Floor;
  beforeEach(async () => {
    floor = await Floor.open(pool, 2, { strategy: 'longest_idle' });
  });

  it('offers what comes, and gives the case to who accepts, with why in the journal', async () => {
    const id = await floor.arrives('high');
    const { offers } = await floor.give();
    expect(offers).toHaveLength(1);
    const [offer] = offers;
    if (!offer) throw new Error('no offer');
    await floor.accept(offer.operator, offer.id);
    expect(await floor.item(id)).toMatchObject({ state: 'assigned', operator_id: offer.operator });
    const [entry]: { fact: string; actor_id: string; data: { why: string } }[] = await pool.query(
      'select fact, actor_id, data from journal where case_id = $1 order by version desc limit 1',
      [id],
    );
    expect(entry).toMatchObject({ fact: 'reassigned', actor_id: offer.operator });
    expect(entry?.data.why).toMatch(/^In attesa da \d+ s, priorità alta; 2 su 2 possono prenderlo/);
    expect(await floor.broken()).toEqual([]);
  });

  it('P2: is looked at together with others, each by its own settings, and nobody is given more for that', async () => {
    const other = await floor.beside({ strategy: 'least_loaded', leaseSeconds: 300 });
    for (const queue of [floor, other, floor, other, other, other, other, other]) await queue.arrives();
    const { offers } = await floor.dispatcher.give([floor.queue, other.queue]);
    expect(new Set(offers.map(offer => offer.queue.officeId))).toEqual(new Set([floor.officeId, other.officeId]));
    const leases: { office: string; lease: number }[] = await pool.query(
      `select w.office_id as office, round(extract(epoch from f.expires_at - f.offered_at))::int as lease
       from offer f join work_item w on w.id = f.work_item_id where f.id = any($1::uuid[])`,
      [offers.map(({ id }) => id)],
    );
    for (const { office, lease } of leases)
      expect(lease).toBe(office === other.officeId ? 300 : floor.settings.leaseSeconds);
    expect(await floor.broken()).toEqual([]);
    const free: { load: number; capacity: number }[] = await pool.query(
      'select load, capacity from operator_presence where administration_id = $1',
      [floor.administrationId],
    );
    const given = free.reduce((sum, one) => sum + one.load, 0);
    expect([given > 0, free.every(one => one.load <= one.capacity)]).toEqual([true, true]);
  });

  it('P10: accepting twice is once; too late is refused; refusing twice is once', async () => {
    await floor.arrives();
    await floor.arrives();
    const [first, second] = (await floor.give()).offers;
    if (!first || !second) throw new Error('no offers');
    expect(isRefused(await floor.accept(first.operator, first.id))).toBe(false);
    expect(isRefused(await floor.accept(first.operator, first.id))).toBe(false);
    expect(await floor.reject(first.operator, first.id)).toMatchObject({ refused: 'offer-over' });
    expect(await floor.accept(second.operator, first.id)).toMatchObject({ refused: 'not-found' });
    expect(isRefused(await floor.reject(second.operator, second.id))).toBe(false);
    expect(isRefused(await floor.reject(second.operator, second.id))).toBe(false);
    expect(await floor.accept(second.operator, second.id)).toMatchObject({ refused: 'offer-over' });
    await floor.arrives();
    const [third] = (await floor.give()).offers;
    await floor.lapse();
    expect(await floor.accept(third?.operator ?? '', third?.id ?? '')).toMatchObject({ refused: 'offer-over' });
    expect(await floor.broken()).toEqual([]);
  });

  it('P5: what one refused goes to the other, and not back within the time', async () => {
    const id = await floor.arrives();
    const [first] = (await floor.give()).offers;
    await floor.reject(first?.operator ?? '', first?.id ?? '');
    const [second] = (await floor.give()).offers;
    expect(second?.operator).not.toBe(first?.operator);
    await floor.reject(second?.operator ?? '', second?.id ?? '');
    expect((await floor.give()).offers).toEqual([]);
    await pool.query(`update offer set settled_at = settled_at - interval '121 seconds' where administration_id = $1`, [
      floor.administrationId,
    ]);
    expect((await floor.give()).offers).toHaveLength(1);
    expect((await floor.item(id)).state).toBe('offered');
  });

  it('P6: what was offered to somebody who is gone is offered to another, from where it stood', async () => {
    const id = await floor.arrives();
    const before = await floor.item(id);
    const [first] = (await floor.give()).offers;
    await floor.goesSilent(first?.operator ?? '');
    await floor.sweep();
    expect(await floor.item(id)).toEqual({ ...before, state: 'queued' });
    const [second] = (await floor.restarted().give()).offers;
    expect(second?.operator).not.toBe(first?.operator);
    expect((await floor.item(id)).virtual_start).toEqual(before.virtual_start);
  });

  it('who is absent is offered nothing and takes nothing, whatever they say; an absence that is over or to come keeps nobody', async () => {
    const [anna = '', bruno = ''] = floor.operators;
    await floor.isAbsent(anna, -5, 5);
    await floor.isAbsent(bruno, -10, -1);
    await floor.isAbsent(bruno, 60, 90);
    await floor.say(anna, 'available');
    for (let one = 0; one < 3; one += 1) await floor.arrives();
    const offered = (await floor.give()).offers.map(({ operator }) => operator);
    expect(offered).toEqual([bruno, bruno, bruno]);
    await floor.arrives();
    expect((await floor.give()).offers).toEqual([]);
    expect(await floor.next(anna)).toMatchObject({ refused: 'not-allowed' });
    expect(await floor.broken()).toEqual([]);
  });

  it('what is offered to somebody when their absence begins goes to another, from where it stood, and is no miss', async () => {
    const id = await floor.arrives();
    const before = await floor.item(id);
    const [first] = (await floor.give()).offers;
    await floor.isAbsent(first?.operator ?? '', -1, 60);
    await floor.sweep();
    expect(await floor.item(id)).toEqual({ ...before, state: 'queued' });
    expect(await floor.accept(first?.operator ?? '', first?.id ?? '')).toMatchObject({ refused: 'offer-over' });
    const [second] = (await floor.give()).offers;
    expect(second?.operator).not.toBe(first?.operator);
    const [told]: { state: string; misses: number; load: number }[] = await pool.query(
      'select f.state, p.misses, p.load from offer f join operator_presence p using (operator_id) where f.id = $1',
      [first?.id],
    );
    expect(told).toEqual({ state: 'rescinded', misses: 0, load: 0 });
    expect(await floor.broken()).toEqual([]);
  });

  it('a first lapse is a miss; after two the operator counts as away', async () => {
    const alone = await Floor.open(pool, 1, { strategy: 'longest_idle', excludeSeconds: 0 });
    await alone.arrives();
    const status = async (): Promise<string | undefined> => {
      const rows: { status: string }[] = await pool.query(
        'select status from operator_presence where operator_id = $1',
        [alone.operators[0]],
      );
      return rows[0]?.status;
    };
    for (const after of ['available', 'away']) {
      await alone.give();
      await alone.lapse();
      await alone.sweep();
      expect(await status()).toBe(after);
    }
    expect((await alone.give()).offers).toEqual([]);
    expect(await alone.broken()).toEqual([]);
  });

  it('live work of somebody who is gone goes in front of all; letters stay theirs until the end of the shift', async () => {
    await pool.query(
      `insert into channel_weight (administration_id, channel, weight, live) values ($1, 'dal-vivo', 10, true)`,
      [floor.administrationId],
    );
    const live = await floor.arrives('low', [], 'dal-vivo');
    const letter = await floor.arrives('low');
    for (const { id, operator } of (await floor.give()).offers) await floor.accept(operator, id);
    const [holder] = (await floor.hands()).filter(one => one.case_id === live);
    const [writer] = (await floor.hands()).filter(one => one.case_id === letter);
    await floor.arrives('urgent');
    for (const operator of floor.operators) await floor.goesSilent(operator);
    await floor.sweep();
    expect(await floor.item(live)).toMatchObject({ state: 'queued', operator_id: null });
    expect(await floor.item(letter)).toMatchObject({ state: 'assigned', operator_id: writer?.operator_id });
    await floor.say(holder?.operator_id ?? '', 'available');
    await pool.query('update operator_presence set capacity = 10 where operator_id = $1 and load = 0', [
      holder?.operator_id,
    ]);
    const [next] = (await floor.give()).offers;
    expect((await floor.open()).find(one => one.id === next?.id)?.case_id).toBe(live);
    expect(await floor.broken()).toEqual([]);
  });

  it('at the end of the shift letters go back too, when the queue says so', async () => {
    const shift = await Floor.open(pool, 1, { strategy: 'longest_idle', endOfShiftMinutes: 60 });
    const letter = await shift.arrives();
    for (const { id, operator } of (await shift.give()).offers) await shift.accept(operator, id);
    await shift.say(shift.operators[0] ?? '', 'offline');
    await shift.sweep();
    expect(await shift.item(letter)).toMatchObject({ state: 'assigned' });
    await pool.query(`update operator_presence set since = now() - interval '61 minutes' where operator_id = $1`, [
      shift.operators[0],
    ]);
    await shift.sweep();
    expect(await shift.item(letter)).toMatchObject({ state: 'queued', operator_id: null });
    expect(await shift.broken()).toEqual([]);
  });

  it('P7: skills are required, until the ring that drops them', async () => {
    const picky = await Floor.open(pool, 2, {
      strategy: 'best_skill',
      rings: [{ afterSeconds: 60, dropSkills: ['*'] }],
    });
    const [able] = picky.operators;
    await pool.query(`insert into operator_skill (operator_id, skill, level) values ($1, 'tributi', 3)`, [able]);
    const skills = [{ skill: 'tributi', level: 3 }];
    for (let index = 0; index < 5; index += 1) await picky.arrives('normal', skills);
    const { offers } = await picky.give();
    expect(offers.map(one => one.operator)).toEqual([able, able, able]);
    await pool.query(
      `update work_item set virtual_start = virtual_start - interval '61 seconds', next_ring_at = now() where administration_id = $1`,
      [picky.administrationId],
    );
    await picky.sweep();
    const later = (await picky.give()).offers;
    expect(later).toHaveLength(2);
    const stored: { ring: number }[] = await pool.query(
      `select (explanation->>'ring')::int as ring from offer where id = any($1)`,
      [later.map(one => one.id)],
    );
    expect(stored).toEqual([{ ring: 1 }, { ring: 1 }]);
  });

  it('much work that nobody can take does not stop what follows it', async () => {
    const model = await floor.arrives('urgent', [{ skill: 'nessuno', level: 1 }]);
    await pool.query(
      `insert into case_file (id, administration_id, number, state, kind, office_id, priority, subject, version, journal_hash,
         opened_at, updated_at)
       select gen_random_uuid(), administration_id, number || '-' || n, state, kind, office_id, priority, subject, version,
         journal_hash, opened_at, updated_at from case_file, generate_series(1, 450) n where id = $1`,
      [model],
    );
    await pool.query(
      `insert into work_item (id, administration_id, office_id, case_id, state, priority, virtual_start, effective_start, skills, need)
       select gen_random_uuid(), c.administration_id, c.office_id, c.id, 'queued', w.priority, w.virtual_start, w.effective_start,
         w.skills, w.need from case_file c, work_item w where c.administration_id = $1 and c.id <> $2 and w.case_id = $2`,
      [floor.administrationId, model],
    );
    const last = await floor.arrives('low');
    await floor.give();
    expect((await floor.open()).map(one => one.case_id)).toEqual([last]);
  });

  it('a queue whose work nobody free can take is not read again, until somebody can or something else comes', async () => {
    expect(await floor.isRead()).toBe(false);
    const rare = await floor.arrives('normal', [{ skill: 'rara', level: 2 }]);
    expect(await floor.isRead()).toBe(true);
    expect((await floor.give()).offers).toEqual([]);
    expect(await floor.isRead()).toBe(false);
    await floor.arrives();
    expect(await floor.isRead()).toBe(true);
    expect((await floor.give()).offers).toHaveLength(1);
    expect(await floor.isRead()).toBe(false);
    const [learned = ''] = floor.operators;
    await floor.say(learned, 'away');
    await pool.query(`insert into operator_skill (operator_id, skill, level) values ($1, 'rara', 2)`, [learned]);
    expect(await floor.isRead()).toBe(false);
    // Whoever was looked at a moment ago is looked at again after five seconds; whoever was not, at once.
    const restarted = floor.restarted();
    expect(await restarted.isRead()).toBe(true);
    await restarted.give();
    expect(await restarted.isRead()).toBe(false);
    await restarted.say(learned, 'available');
    expect(await restarted.isRead()).toBe(true);
    const { offers } = await restarted.give();
    expect(offers.map(({ operator }) => operator)).toEqual([learned]);
    expect(await floor.item(rare)).toMatchObject({ state: 'offered' });
    expect(await floor.broken()).toEqual([]);
  });

  it('what nobody could take is told anew by one of it, and when it can be taken all of it goes', async () => {
    for (let one = 0; one < 3; one += 1) await floor.arrives('normal', [{ skill: 'rara', level: 2 }]);
    expect(await floor.give()).toEqual({ offers: [], again: false });
    const [first = '', ...others] = floor.operators;
    await pool.query(
      `insert into operator_skill (operator_id, skill, level) select o, 'rara', 2 from unnest($1::uuid[]) o`,
      [[first, ...others]],
    );
    expect(await floor.give()).toEqual({ offers: [], again: false });
    const later = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000);
    try {
      const told = await floor.give();
      expect(told).toMatchObject({ again: true, offers: [expect.anything()] });
      const { offers } = await floor.give();
      expect(told.offers.length + offers.length).toBe(3);
    } finally {
      later.mockRestore();
    }
    expect(await floor.broken()).toEqual([]);
  });

  it('what nobody could take, and one refused, goes to another who learned it', async () => {
    const both = await Floor.open(pool, 2, { strategy: 'longest_idle' });
    const refused = await both.arrives('normal', [{ skill: 'rara', level: 2 }]);
    await both.arrives('low', [{ skill: 'rara', level: 2 }]);
    expect((await both.give()).offers).toEqual([]);
    const [learned = ''] = both.operators;
    await pool.query(`insert into operator_skill (operator_id, skill, level) values ($1, 'rara', 2)`, [learned]);
    await pool.query(
      `insert into offer (id, administration_id, work_item_id, operator_id, state, shared, expires_at, settled_at, explanation, sentence)
       select gen_random_uuid(), administration_id, id, $2, 'rejected', false, now(), clock_timestamp(), '{}', '' from work_item where case_id = $1`,
      [refused, learned],
    );
    const later = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000);
    try {
      expect(await both.give()).toEqual({ offers: [], again: true });
      expect((await both.give()).offers.map(({ operator }) => operator)).toEqual([learned]);
    } finally {
      later.mockRestore();
    }
    expect(await both.item(refused)).toMatchObject({ state: 'queued' });
  });

  it('the first to accept has it, the others are told', async () => {
    const shared = await Floor.open(pool, 4, { strategy: 'first_to_accept', offersAtOnce: 3 });
    await shared.arrives();
    const { offers } = await shared.give();
    expect(offers).toHaveLength(3);
    const answers = await Promise.all(offers.map(({ id, operator }) => shared.accept(operator, id)));
    expect(answers.filter(answer => !isRefused(answer))).toHaveLength(1);
    expect(await shared.open()).toEqual([]);
    expect(await shared.broken()).toEqual([]);
  });

  it('operators take the next themselves, one each', async () => {
    const pull = await Floor.open(pool, 8, { strategy: 'pull' });
    for (let index = 0; index < 5; index += 1) await pull.arrives(index === 3 ? 'urgent' : 'normal');
    expect((await pull.give()).offers).toHaveLength(5);
    await pull.lapse();
    await pull.sweep();
    const taken = await Promise.all(pull.operators.map(operator => pull.next(operator)));
    const ids = taken.flatMap(one => ('id' in one && one.id !== null ? [one.id] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await pull.broken()).toEqual([]);
  });

  it('P2: by hand one may have more than the capacity, counted apart; the wall itself cannot be passed', async () => {
    const [anna = ''] = floor.operators;
    for (let index = 0; index < 5; index += 1) {
      const id = await floor.arrives();
      await floor.command(id, { name: 'takeCharge', by: { kind: 'operator', id: anna } });
    }
    const [row]: { load: number; by_hand_load: number }[] = await pool.query(
      'select load, by_hand_load from operator_presence where operator_id = $1',
      [anna],
    );
    expect(row).toEqual({ load: 0, by_hand_load: 50 });
    await floor.arrives();
    expect((await floor.give()).offers.map(one => one.operator)).toEqual([floor.operators[1]]);
    await expect(
      pool.query('update operator_presence set load = capacity + 1 where operator_id = $1', [anna]),
    ).rejects.toThrow('within_capacity');
    expect(await floor.broken()).toEqual([]);
  });

  it('P13: a process whose clock is wrong by a day lets no lease lapse and nobody die', async () => {
    await floor.arrives();
    await floor.give();
    const day = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 86_400_000);
    try {
      await floor.sweep();
    } finally {
      day.mockRestore();
    }
    expect(await floor.open()).toHaveLength(1);
  });

  it('a case that ends, moves or is taken takes its offers with it', async () => {
    const [ended, moved, taken] = [await floor.arrives(), await floor.arrives(), await floor.arrives()];
    await floor.give();
    const [anna = '', bruno = ''] = floor.operators;
    await floor.ends(ended, anna);
    await floor.command(moved, { name: 'assign', office: floor.administrationId, by: { kind: 'operator', id: anna } });
    const offered = (await floor.open()).find(one => one.case_id === taken)?.operator_id;
    const other = offered === anna ? bruno : anna;
    await floor.command(taken, { name: 'takeCharge', by: { kind: 'operator', id: other } });
    expect(await floor.open()).toEqual([]);
    expect(await floor.item(taken)).toMatchObject({ state: 'assigned', operator_id: other });
    expect(await floor.broken()).toEqual([]);
  });
});

/** What may happen at a floor; `pick` chooses among what there is. */
const HAPPENINGS = {
  arrives: (floor, pick) => floor.arrives(PRIORITIES[pick % 4], pick % 3 === 0 ? [{ skill: 'tributi', level: 1 }] : []),
  gives: floor => floor.give(),
  accepts: async (floor, pick) => {
    const open = await floor.open();
    const offer = open[pick % Math.max(1, open.length)];
    if (offer) await floor.accept(offer.operator_id, offer.id);
  },
  rejects: async (floor, pick) => {
    const open = await floor.open();
    const offer = open[pick % Math.max(1, open.length)];
    if (offer) await floor.reject(offer.operator_id, offer.id);
  },
  ends: async (floor, pick) => {
    const hands = await floor.hands();
    const one = hands[pick % Math.max(1, hands.length)];
    if (one) await floor.ends(one.case_id, one.operator_id);
  },
  takes: (floor, pick) => floor.next(floor.operators[pick % floor.operators.length] ?? ''),
  goesSilent: (floor, pick) => floor.goesSilent(floor.operators[pick % floor.operators.length] ?? ''),
  comes: (floor, pick) => floor.say(floor.operators[pick % floor.operators.length] ?? '', 'available'),
  leaves: (floor, pick) => floor.say(floor.operators[pick % floor.operators.length] ?? '', 'away'),
  lapses: floor => floor.lapse(),
  sweeps: floor => floor.sweep(),
} satisfies Record<string, (floor: Floor, pick: number) => Promise<unknown>>;
type Happening = keyof typeof HAPPENINGS;
const NAMES = Object.keys(HAPPENINGS) as Happening[];
const happen = (floor: Floor, name: Happening, pick: number): Promise<unknown> => {
  const one: (floor: Floor, pick: number) => Promise<unknown> = HAPPENINGS[name];
  return one(floor, pick);
};

describe('whatever happens at a queue', () => {
  it('P1, P2, P4, P12: holds after every step, with every step in a process started again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Strategy>('longest_idle', 'least_loaded', 'round_robin', 'first_to_accept'),
        fc.array(fc.tuple(fc.constantFrom(...NAMES, 'arrives', 'gives', 'accepts'), fc.nat(50)), {
          minLength: 10,
          maxLength: 25,
        }),
        async (strategy, steps) => {
          const floor = await Floor.open(pool, 3, { strategy, excludeSeconds: 0 });
          for (const [name, pick] of steps) {
            await happen(floor.restarted(), name, pick);
            expect({ after: name, broken: await floor.broken() }).toEqual({ after: name, broken: [] });
          }
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it(`P1, P2, P4: holds with ${CLIENTS} clients at once, whose connections are killed in the middle`, async () => {
    const floor = await Floor.open(pool, 12, { strategy: 'least_loaded', excludeSeconds: 0 });
    await pool.query(
      `insert into operator_skill (operator_id, skill, level) select o, 'tributi', 2 from unnest($1::uuid[]) o`,
      [floor.operators.slice(0, 6)],
    );
    for (let index = 0; index < 40; index += 1) await floor.arrives(PRIORITIES[index % 4]);
    let random = 7;
    const pick = (): number => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return random;
    };
    let working = CLIENTS;
    let met = 0;
    const client = async (): Promise<void> => {
      for (let step = 0; step < 40; step += 1)
        try {
          await happen(floor.restarted(), NAMES[pick() % NAMES.length] ?? 'gives', pick());
        } catch (error) {
          // Killed, or met another: done again later, as a process does.
          if (!isSystemFault(error) && !isConflict(error)) throw error;
          met += 1;
        }
      working -= 1;
    };
    const killer = async (): Promise<number> => {
      let kills = 0;
      while (working > 0) {
        const killed: unknown[] = await database.dataSource.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'routing-under-test' and state <> 'idle'
           order by random() limit 1`,
        );
        kills += killed.length;
        await new Promise(resolve => setTimeout(resolve, 40));
      }
      return kills;
    };
    const [kills] = await Promise.all([killer(), ...Array.from({ length: CLIENTS }, client)]);
    expect(kills).toBeGreaterThan(5);
    expect(met).toBeGreaterThan(0);
    expect(await floor.broken()).toEqual([]);
    const [beyond]: { n: number }[] = await pool.query(
      'select count(*)::int as n from operator_presence where administration_id = $1 and load > capacity',
      [floor.administrationId],
    );
    expect(beyond?.n).toBe(0);

    // Whoever comes back finds everything: in the end all work is in hands and over.
    for (let round = 0; round < 200; round += 1) {
      await available(floor);
      await floor.lapse();
      await floor.sweep();
      await available(floor);
      await floor.give();
      for (const { id, operator_id: operator } of await floor.open()) await floor.accept(operator, id);
      for (const { case_id: caseId, operator_id: operator } of await floor.hands()) await floor.ends(caseId, operator);
      const [left]: { n: number }[] = await pool.query(
        `select count(*)::int as n from work_item where administration_id = $1 and state <> 'done'`,
        [floor.administrationId],
      );
      if (left?.n === 0) break;
    }
    const [waiting]: { n: number }[] = await pool.query(
      `select count(*)::int as n from work_item where administration_id = $1 and state <> 'done'`,
      [floor.administrationId],
    );
    expect(waiting?.n).toBe(0);
    expect(await floor.broken()).toEqual([]);
  }, 180_000);
});
