import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseChanged, CaseView, MessageChanged, MessageView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { StreamController } from './stream.controller.js';

let rest: RestApplication;
let url: string;
let anna: TestOperator;
let elsewhere: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  url = rest.core.running.url;
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

interface Event {
  /** None: news that is not told again. */
  readonly id: string | undefined;
  readonly name: string;
  readonly data: CaseChanged & Partial<Pick<MessageChanged, 'message' | 'state'>>;
}

/** A client of the stream: gives events as they come, until it is closed. */
class Listener {
  private buffer = '';
  private constructor(
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
    private readonly closing: AbortController,
    readonly response: Response,
  ) {}

  static async open(as: TestOperator, lastEventId?: string, at = url): Promise<Listener> {
    const closing = new AbortController();
    const response = await fetch(`${at}/api/stream`, {
      signal: closing.signal,
      headers: { authorization: `Bearer ${as.token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    });
    if (!response.body) throw new Error('the stream has no body');
    return new Listener(response.body.getReader(), closing, response);
  }

  /** The next events; waits for as many. */
  async next(count: number): Promise<Event[]> {
    const events: Event[] = [];
    while (events.length < count) {
      const end = this.buffer.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await this.reader.read();
        if (done) throw new Error('the stream ended');
        this.buffer += Buffer.from(value).toString();
        continue;
      }
      const block = this.buffer.slice(0, end);
      this.buffer = this.buffer.slice(end + 2);
      const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const [id, name, data] = [field('id'), field('event'), field('data')];
      if (name && data) events.push({ id, name, data: JSON.parse(data) as Event['data'] });
    }
    return events;
  }

  close(): void {
    this.closing.abort();
  }
}

const open = async (as: TestOperator, subject: string): Promise<string> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as, body: { subject } })).body.id;
const facts = (events: readonly Event[]): string[] => events.map(({ data }) => `${data.fact} ${data.case}`);

describe('the stream', () => {
  it('tells what happens in the administration of who listens, and in no other', async () => {
    const listener = await Listener.open(anna);
    expect(listener.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(listener.response.headers.get('cache-control')).toBe('no-store');
    await open(elsewhere, 'Altrove');
    const id = await open(anna, 'Qui');
    const events = await listener.next(2);
    expect(facts(events)).toEqual([`opened ${id}`, `assigned ${id}`]);
    expect(
      events.every(({ name, data }) => name === 'case.changed' && data.administration === anna.administrationId),
    ).toBe(true);
    listener.close();
  });

  it('tells nothing of cases to who may not see them, until they may', async () => {
    const who = await rest.operator(anna.administrationId, anna.officeId, 'Marta', 'executive_viewer');
    const [listener, witness] = [await Listener.open(who), await Listener.open(anna)];
    await open(anna, 'Riservata');
    await witness.next(2);
    await rest.dataSource.query(
      `insert into role_permission (administration_id, role, permissions, version) values ($1, 'executive_viewer', '{case.read}', 2)`,
      [anna.administrationId],
    );
    await wait(2_500);
    const id = await open(anna, 'Da vedere');
    expect(facts(await listener.next(2))).toEqual([`opened ${id}`, `assigned ${id}`]);
    for (const one of [listener, witness]) one.close();
  });

  it('goes by the role that who listens has now, not by the one with which they began', async () => {
    const who = await rest.operator(anna.administrationId, anna.officeId, 'Nora', 'urp_referent');
    const listener = await Listener.open(who);
    const before = await open(anna, 'Prima');
    expect(facts(await listener.next(2))).toEqual([`opened ${before}`, `assigned ${before}`]);
    const becomes = async (role: string): Promise<void> => {
      await rest.dataSource.query('update operator set role = $2 where id = $1', [who.id, role]);
      await wait(2_500);
    };
    const witness = await Listener.open(anna);
    await becomes('auditor');
    await open(anna, 'Mentre non vede pratiche');
    await witness.next(2);
    await becomes('urp_referent');
    const after = await open(anna, 'Dopo');
    expect(facts(await listener.next(2))).toEqual([`opened ${after}`, `assigned ${after}`]);
    for (const one of [listener, witness]) one.close();
  });

  it('goes on right after the last event seen, without a gap and without a repetition', async () => {
    const first = await Listener.open(anna);
    const one = await open(anna, 'Prima');
    const [opened] = await first.next(1);
    first.close();
    const two = await open(anna, 'Mentre nessuno ascoltava');
    const again = await Listener.open(anna, opened?.id);
    const three = await open(anna, 'Dopo');
    expect(facts(await again.next(5))).toEqual([
      `assigned ${one}`,
      `opened ${two}`,
      `assigned ${two}`,
      `opened ${three}`,
      `assigned ${three}`,
    ]);
    again.close();
  });

  it('tells everything from the beginning to who asks for it', async () => {
    const all: { total: number }[] = await rest.dataSource.query(
      'select count(*)::int as total from journal where administration_id = $1',
      [anna.administrationId],
    );
    const total = all[0]?.total ?? 0;
    const listener = await Listener.open(anna, '0-0');
    const events = await listener.next(total);
    expect(new Set(events.map(event => event.data.id)).size).toBe(total);
    listener.close();
  });

  it('skips nothing when a transaction that began earlier commits later', async () => {
    const slow = rest.dataSource.createQueryRunner();
    await slow.startTransaction();
    const insert = (
      runner: { query(sql: string, parameters: unknown[]): Promise<unknown> },
      caseId: string,
      version: number,
    ) =>
      runner.query(
        `insert into journal (case_id, version, id, administration_id, at, fact, actor_kind, data, prev_hash, hash)
         values ($1, $2, gen_random_uuid(), $3, now(), 'note_added', 'system', '{}', '', '')`,
        [caseId, version, anna.administrationId],
      );
    const listener = await Listener.open(anna);
    try {
      const [early, late] = [await open(anna, 'Chi arriva prima'), await open(anna, 'Chi arriva dopo')];
      // Where others work in the same cluster, what was written before may be told only now.
      for (let last = ''; last !== `assigned ${late}`;) [last = ''] = facts(await listener.next(1));
      await insert(slow, early, 3);
      await insert(rest.dataSource, late, 3);
      const waiting = listener.next(2);
      // The later one is committed and must wait for the earlier one, which is not.
      const undecided = await Promise.race([waiting, new Promise(resolve => setTimeout(() => resolve('waits'), 800))]);
      expect(undecided).toBe('waits');
      await slow.commitTransaction();
      expect(facts(await waiting)).toEqual([`note_added ${early}`, `note_added ${late}`]);
    } finally {
      // An open transaction would hold up every reader of the cluster.
      if (slow.isTransactionActive) await slow.rollbackTransaction();
      await slow.release();
      listener.close();
    }
  });

  it('serves many at once, each everything in the same order', async () => {
    const listeners = await Promise.all(Array.from({ length: 8 }, () => Listener.open(anna)));
    const made = await Promise.all(Array.from({ length: 10 }, (_, i) => open(anna, `Insieme ${i}`)));
    const seen = await Promise.all(listeners.map(listener => listener.next(made.length * 2)));
    for (const events of seen) expect(events.map(event => event.id)).toEqual(seen[0]?.map(event => event.id));
    expect(new Set(seen[0]?.map(event => event.data.case))).toEqual(new Set(made));
    for (const listener of listeners) listener.close();
  });

  it('tells how far an outgoing message has come, to its administration alone', async () => {
    const letters = await rest.channel({ reply: true, text: { maxLength: 100 } }, anna.administrationId);
    const { caseId } = await rest.receive(letters, {});
    const { id: message } = (
      await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, { as: anna, body: { text: 'Ecco' } })
    ).body;
    const [here, there] = [await Listener.open(anna), await Listener.open(elsewhere)];
    await rest.dataSource.query(`update message set send_state = 'failed' where id = $1`, [message]);
    expect((await rest.ask('POST', `/api/messages/${message}/attempts`, { as: anna, body: {} })).status).toBe(201);
    const events = await here.next(2);
    expect(events.find(event => event.name === 'message.changed')).toMatchObject({
      id: undefined,
      data: { message, case: caseId, state: 'queued' },
    });
    const other = await open(elsewhere, 'Altrove');
    expect(facts(await there.next(2))).toEqual([`opened ${other}`, `assigned ${other}`]);
    here.close();
    there.close();
  });

  it.each(['yesterday', '1', '1-2-3', '18446744073709551616-1', '1-9223372036854775808'])(
    'refuses the id %s, which is not one of its own',
    async id => {
      const answer = await rest.ask('GET', '/api/stream', { as: anna, headers: { 'last-event-id': id } });
      expect(answer.status).toBe(400);
    },
  );

  it('goes on where the core that stopped left it, at the core that takes its place, without a gap or a repetition', async () => {
    const before = await rest.core.another();
    const first = await Listener.open(anna, undefined, before.url);
    const one = await open(anna, 'Prima che si fermi');
    const seen = await first.next(1);
    const writing = Promise.all(Array.from({ length: 10 }, (_, i) => open(anna, `Mentre si ferma ${i}`)));
    await before.stop();
    const meanwhile = await writing;
    const after = await rest.core.another();
    try {
      const again = await Listener.open(anna, seen[0]?.id, after.url);
      const last = await open(anna, 'Dopo');
      const told = facts(await again.next(1 + meanwhile.length * 2 + 2));
      const expected = [...meanwhile, last].flatMap(id => [`opened ${id}`, `assigned ${id}`]);
      expect([...told].sort()).toEqual([`assigned ${one}`, ...expected].sort());
      expect(facts(seen)).toEqual([`opened ${one}`]);
      again.close();
    } finally {
      await after.stop();
    }
  }, 60_000);

  it('ends when the core stops, so that clients connect again elsewhere', async () => {
    const other = await RestApplication.start();
    const who = await other.administration('Fermo');
    const response = await fetch(`${other.core.running.url}/api/stream`, {
      headers: { authorization: `Bearer ${who.token}` },
    });
    const ended = response.text();
    await other.stop();
    expect(await ended).toMatch(/^retry: \d+/);
  }, 60_000);

  it('is not begun by a core that is stopping: it would wait for the client, and the client for it', async () => {
    const other = await rest.core.another();
    // Nest calls it while requests are still taken.
    other.app.get(StreamController, { strict: false }).beforeApplicationShutdown();
    const answer = await fetch(`${other.url}/api/stream`, {
      headers: { authorization: `Bearer ${anna.token}` },
      signal: AbortSignal.timeout(10_000),
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    await answer.text();
    await other.stop();
  }, 60_000);
});
