import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { partitionOf, subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import { headers } from '@nats-io/transport-node';
import { v7 } from 'uuid';
import { Intake } from '../intake/intake.js';
import { aMessage, itemOf, TestCore } from '../testing.js';
import { Quarantine } from './quarantine.js';

interface Waits {
  readonly id: string;
  readonly state: string;
  readonly kind: string;
  readonly tries: number;
  readonly again: boolean;
  readonly reason: string;
}

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

describe('the quarantine', () => {
  let core: TestCore;
  let intake: Intake;
  let quarantine: Quarantine;
  let operator: string;
  beforeAll(async () => {
    core = await TestCore.start();
    intake = core.running.app.get(Intake);
    quarantine = core.running.app.get(Quarantine);
    operator = v7();
    await core.query(
      `insert into operator (id, administration_id, office_id, code, name, role)
       select $1, id, id, 'chi.guarda', 'Chi Guarda', 'supervisor' from office`,
      [operator],
    );
  });
  afterAll(() => core.stop());

  const parkedOf = (channel: string): Promise<Waits[]> =>
    core.query<Waits>(
      `select id, state, kind, tries, reason, next_try_at is not null as again from parked where channel = $1`,
      [channel],
    );
  const messages = async (channel: string): Promise<number> =>
    (await core.query(`select 1 from message where channel = $1 and direction = 'in'`, [channel])).length;
  const doubtful = async (): Promise<{ channel: string; id: string }> => {
    const channel = await core.channel();
    const reception = { reception: v7(), index: 0, count: 1 };
    await intake.takeAll([itemOf(aMessage({ channel, reception, flags: { doubtful: 'sent by a machine?' } }))]);
    const [row] = await parkedOf(channel);
    return { channel, id: row?.id ?? '' };
  };

  it('takes in what a person released, and records its real fate', async () => {
    const { channel, id } = await doubtful();
    expect(await quarantine.retry(id, operator)).toEqual({ settled: true });
    expect(await messages(channel)).toBe(1);
    expect(await parkedOf(channel)).toMatchObject([{ state: 'retried' }]);
    expect(await core.query('select fate from reception_item where channel = $1', [channel])).toEqual([
      { fate: 'opened' },
    ]);
  });

  it('takes it in once when two release it at the same time, and a third discards it', async () => {
    const { channel, id } = await doubtful();
    const settled = await Promise.all([
      quarantine.retry(id, operator),
      quarantine.retry(id, operator),
      quarantine.discard(id, { by: operator, reason: 'pubblicità' }),
    ]);
    expect(settled).toHaveLength(3);
    const [row] = await parkedOf(channel);
    expect(await messages(channel)).toBe(row?.state === 'retried' ? 1 : 0);
    expect(await core.query('select 1 from case_file where channel = $1', [channel])).toHaveLength(
      row?.state === 'retried' ? 1 : 0,
    );
    expect(['retried', 'discarded']).toContain(row?.state);
  });

  it('does not let time alone release what is doubtful', async () => {
    const { channel, id } = await doubtful();
    await quarantine.retry(id);
    await core.query('update parked set next_try_at = now() where id = $1', [id]);
    await quarantine.retry(id);
    expect(await messages(channel)).toBe(0);
    expect(await parkedOf(channel)).toMatchObject([{ state: 'waiting' }]);
  });

  it('keeps what was discarded, with its reason, and does not park it again when it is delivered again', async () => {
    const { channel, id } = await doubtful();
    await quarantine.discard(id, { by: operator, reason: 'pubblicità' });
    const [row] = await core.query<{ payload: object; settled_reason: string }>(
      'select payload, settled_reason from parked where id = $1',
      [id],
    );
    expect(row).toMatchObject({ settled_reason: 'pubblicità', payload: { channel } });
    expect(await quarantine.retry(id, operator)).toMatchObject({ refused: 'not-found' });
  });

  it('stores the later messages of a conversation whose first one is parked', async () => {
    const channel = await core.channel();
    const conversation = v7();
    await intake.takeAll([
      itemOf(aMessage({ channel, conversation, flags: { doubtful: 'why' } })),
      itemOf(aMessage({ channel, conversation })),
    ]);
    expect(await messages(channel)).toBe(1);
    expect(await parkedOf(channel)).toHaveLength(1);
  });

  it('takes in by itself what failed once its cause is gone, and gives up to a person when it is not', async () => {
    const channel = await core.channel();
    const trigger = `fail_${channel}`;
    await core.query(`create function ${trigger}() returns trigger language plpgsql as $$
      begin if new.channel = '${channel}' then raise exception 'a bug of ours'; end if; return new; end $$`);
    await core.query(
      `create trigger ${trigger} before insert on conversation for each row execute function ${trigger}()`,
    );
    await intake.takeAll([itemOf(aMessage({ channel }))]);
    expect(await parkedOf(channel)).toMatchObject([
      { state: 'waiting', kind: 'failed', again: true, reason: 'a bug of ours' },
    ]);
    for (let tries = 1; tries <= 4; tries += 1) {
      await core.query('update parked set next_try_at = now() where channel = $1', [channel]);
      await quarantine.retryDue();
      expect(await parkedOf(channel)).toMatchObject([{ state: 'waiting', tries, again: tries < 4 }]);
    }
    await core.query(`drop trigger ${trigger} on conversation`);
    const [row] = await parkedOf(channel);
    expect(await quarantine.retry(row?.id ?? '', operator)).toEqual({ settled: true });
    expect(await messages(channel)).toBe(1);
  });

  it('tries what is due once, however many look at the same moment, and gives up to a person no sooner for it', async () => {
    const channel = await core.channel();
    const trigger = `slow_${channel}`;
    await core.query(`create function ${trigger}() returns trigger language plpgsql as $$
      begin if new.channel = '${channel}' then perform pg_sleep(0.2); raise exception 'a bug of ours'; end if; return new; end $$`);
    await core.query(
      `create trigger ${trigger} before insert on conversation for each row execute function ${trigger}()`,
    );
    await intake.takeAll([itemOf(aMessage({ channel }))]);
    for (let tries = 1; tries <= 3; tries += 1) {
      await core.query('update parked set next_try_at = now() where channel = $1', [channel]);
      await Promise.all([quarantine.retryDue(), quarantine.retryDue(), quarantine.retryDue(), quarantine.retryDue()]);
      expect(await parkedOf(channel)).toMatchObject([{ state: 'waiting', tries, again: true }]);
    }
    await core.query(`drop trigger ${trigger} on conversation`);
  });

  it('parks what is not what its type promises, with all that can be read of it, and goes on', async () => {
    const channel = await core.channel();
    const conversation = v7();
    const partition = partitionOf('a-key-for-the-tests', channel, 'main', conversation);
    const subject = subjects.in(partition, channel, 'main', 'message');
    const fields = headers();
    fields.set('ce-type', 'message.received.v1');
    fields.set('ce-id', v7());
    await core.bus.jetstream.publish(
      subject,
      JSON.stringify({ channel, account: 'main', conversation, content: 'no list' }),
      { headers: fields },
    );
    await core.say(aMessage({ channel, conversation }));
    await eventually(async () => ((await messages(channel)) === 1 ? true : undefined));
    expect(
      await core.query('select kind, error_class, conversation, payload from parked where channel = $1', [channel]),
    ).toEqual([
      {
        kind: 'failed',
        error_class: 'InvalidPayload',
        conversation,
        payload: expect.objectContaining({ content: 'no list' }),
      },
    ]);
  });

  it('shows a delivery that its channel could not read, and has the channel read it again', async () => {
    const channel = await core.channel();
    const reception = v7();
    await intake.takeAll([
      {
        eventId: reception,
        type: 'reception.unreadable.v1',
        data: {
          channel,
          account: 'main',
          reception: { reception, index: 0, count: 1 },
          raw: { sha256: 'a'.repeat(64), size: 1, mediaType: 'x/y' },
          receivedAt: new Date().toISOString(),
          reason: 'not a mail',
        },
        correlationId: reception,
        released: false,
      },
    ]);
    const [row] = await parkedOf(channel);
    expect(row).toMatchObject({ kind: 'unreadable', reason: 'not a mail', again: false });
    const asked: unknown[] = [];
    core.bus.connection.subscribe(subjects.askChannel(channel, 'read-again'), {
      callback: (_error, message) => {
        asked.push(message.json());
        message.respond(JSON.stringify({ done: true }));
      },
    });
    await core.bus.connection.flush();
    expect(await quarantine.retry(row?.id ?? '', operator)).toEqual({ settled: true });
    expect(asked).toEqual([{ reception }]);
  });
});
