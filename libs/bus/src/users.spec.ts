import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy } from '@nats-io/jetstream';
import { KvWatchInclude } from '@nats-io/kv';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimAnswer, ConnectionsAnswer, type EmptyReception } from '@filodiretto/contracts';
import { Bus, NotAnswered, NotPublished, subjects } from './index.js';
import { eventually, NatsServer } from './testing/index.js';

/** Who may say and hear what, as it is deployed. */
const USERS = new URL('../../../k8s/nats/users.conf', import.meta.url);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const passwords = Object.fromEntries(
  [...readFileSync(USERS, 'utf8').matchAll(/\$(\w+_NATS_PASSWORD)/g)].map(([, name = '']) => [name, `of-${name}`]),
);
const folder = mkdtempSync(join(tmpdir(), 'users-'));
const config = join(folder, 'nats.conf');

let server: NatsServer;
let crm: Bus;
let email: Bus;

const as = (user: string, maxBytes = 10_000_000): Promise<Bus> =>
  Bus.connect({
    servers: [server.url],
    name: `process-${user}`,
    user,
    password: passwords[`${user.toUpperCase()}_NATS_PASSWORD`] ?? '',
    limits: { replicas: 1, maxBytes },
    production: false,
    log,
  });

beforeAll(async () => {
  writeFileSync(config, `authorization {\n${readFileSync(USERS, 'utf8')}\n}\n`);
  server = await new NatsServer(config, passwords).start();
  crm = await as('crm');
  email = await as('email');
}, 60_000);
afterAll(async () => {
  await email.close();
  await crm.close();
  await server.kill();
  server.wipe();
  rmSync(folder, { recursive: true });
}, 30_000);

const empty = (channel: string): EmptyReception => ({
  channel,
  account: 'info',
  raw: { sha256: 'a'.repeat(64), size: 1, mediaType: 'message/rfc822' },
  receivedAt: '2026-03-02T09:00:00.000Z',
});
const tell = (bus: Bus, channel: string): Promise<void> =>
  bus.publish('reception.empty.v1', subjects.in(3, channel, 'info', 'empty'), empty(channel), { id: channel });

/** Whether the server lets a user hear a subject. */
async function mayHear(bus: Bus, subject: string): Promise<boolean> {
  const subscription = bus.connection.subscribe(subject);
  const refused = subscription.closed.then(error => error instanceof Error);
  await bus.connection.flush();
  const answer = await Promise.race([refused, new Promise<false>(resolve => setTimeout(() => resolve(false), 300))]);
  subscription.unsubscribe();
  return !answer;
}

/** Every channel that is deployed, each of which could be taken over. */
const CHANNELS = [...readFileSync(USERS, 'utf8').matchAll(/user: (\w+),/g)].flatMap(([, user = '']) =>
  user === 'crm' ? [] : [user],
);

describe('a channel, as a user of the bus', () => {
  it('tells what came to it, and nothing in the name of another', async () => {
    await tell(email, 'email');
    await expect(tell(email, 'webform')).rejects.toThrow(NotPublished);
  });

  it('receives its orders', async () => {
    await email.manager.consumers.add('OUT', {
      durable_name: 'channel-email',
      ack_policy: AckPolicy.Explicit,
      filter_subject: 'crm.out.email.>',
    });
    await crm.jetstream.publish(subjects.out('email', 'info'), 'an order');
    const orders = await email.jetstream.consumers.get('OUT', 'channel-email');
    const order = await orders.next({ expires: 5_000 });
    expect(order?.string()).toBe('an order');
    order?.ack();
  });

  it('asks the core and is answered, and remembers', async () => {
    const asked = crm.connection.subscribe(subjects.ask('claim'), {
      max: 1,
      callback: (_, message) => void message.respond(JSON.stringify({ granted: true, state: 'queued' })),
    });
    await crm.connection.flush();
    expect(await email.ask(subjects.ask('claim'), {}, ClaimAnswer, { timeoutMs: 3_000 })).toEqual({
      granted: true,
      state: 'queued',
    });
    await asked.closed;
    const state = await email.bucket('channel-state');
    await state.put('email.cursor', '7');
    expect((await state.get('email.cursor'))?.string()).toBe('7');
  });

  it('is asked by the core whether it is connected, and by no other channel', async () => {
    const subject = subjects.askChannel('email', 'check-connections');
    email.connection.subscribe(subject, {
      callback: (_, message) => void message.respond(JSON.stringify({ items: [] })),
    });
    await email.connection.flush();
    expect(await crm.ask(subject, { accounts: ['info'] }, ConnectionsAnswer, { timeoutMs: 3_000 })).toEqual({
      items: [],
    });
    const other = subjects.askChannel('webform', 'check-connections');
    await expect(email.ask(other, { accounts: ['moduli'] }, ConnectionsAnswer, { timeoutMs: 500 })).rejects.toThrow(
      NotAnswered,
    );
  });

  it.each([
    ['what the core asks of others', 'crm.ask.channel.webform.>'],
    ['the answers of the core', '_INBOX_crm.>'],
    ['those of another channel', '_INBOX_webform.>'],
    ['everybody’s', '_INBOX.>'],
    ['what came to others', 'crm.in.>'],
    ['the orders of others', 'crm.out.webform.>'],
    ['what happens in cases', 'crm.event.>'],
  ])('does not hear %s', async (_, subject) => {
    expect(await mayHear(email, subject)).toBe(false);
  });

  it('reads no stream but that of its orders', async () => {
    for (const stream of ['IN', 'EVENT'])
      await expect(
        email.manager.consumers.add(stream, { durable_name: 'curious', ack_policy: AckPolicy.None }),
      ).rejects.toThrow(/permission/i);
  });

  it('starts where the streams have other limits than it is told, and leaves them', async () => {
    const again = await as('email', 20_000_000);
    await again.close();
    expect((await crm.manager.streams.info('IN')).config.max_bytes).toBe(10_000_000);
    const core = await as('crm', 20_000_000);
    await core.close();
    expect((await crm.manager.streams.info('IN')).config.max_bytes).toBe(20_000_000);
  });

  it('takes up its orders again with another pace, and hears of what it remembers', async () => {
    const { consumers } = email.manager;
    const { config } = await consumers.info('OUT', 'channel-email');
    await consumers.update('OUT', 'channel-email', { ...config, max_ack_pending: 7 });
    expect((await consumers.info('OUT', 'channel-email')).config.max_ack_pending).toBe(7);
    const state = await email.bucket('channel-state');
    const watched = await state.watch({ key: 'email.>', include: KvWatchInclude.UpdatesOnly });
    await state.put('email.cursor', '8');
    for await (const entry of watched) {
      expect(entry.string()).toBe('8');
      watched.stop();
    }
    await state.purge('email.cursor');
    expect((await state.get('email.cursor'))?.operation).toBe('PURGE');
  });

  it('hears its own answers', async () => {
    expect(await mayHear(email, '_INBOX_email.one')).toBe(true);
  });
});

describe('the core, as a user of the bus', () => {
  it.each([
    ['what happens, which it tells whoever watches', 'crm.event.message.>'],
    ['whether an order may leave', 'crm.ask.claim'],
    ['its own answers', '_INBOX_crm.one'],
  ])('hears %s', async (_, subject) => {
    expect(await mayHear(crm, subject)).toBe(true);
  });

  it('does not hear the answers of a channel', async () => {
    expect(await mayHear(crm, '_INBOX_email.>')).toBe(false);
  });
});

describe.each(CHANNELS)('%s, taken over', channel => {
  const other = CHANNELS.find(one => one !== channel) ?? '';
  let taken: Bus;
  let theirs: Bus;
  beforeAll(async () => {
    [taken, theirs] = await Promise.all([as(channel), as(other)]);
    await (await theirs.bucket('channel-state')).put(`${other}.secret`, 'of another');
    await (await taken.bucket('channel-state')).put(`${channel}.own`, 'its own');
    await (await taken.bucket('channels')).put(channel, 'itself');
  }, 30_000);
  afterAll(async () => {
    await Promise.all([taken.close(), theirs.close()]);
  });

  /** What the server answers to a request of its interface, whatever a client would make of it; `denied`: nothing was let through. */
  const asks = async (subject: string, body: object | string = ''): Promise<string> => {
    try {
      const said = await taken.connection.request(subject, typeof body === 'string' ? body : JSON.stringify(body), {
        timeout: 1_500,
      });
      return said.string();
    } catch {
      return 'denied';
    }
  };
  const consumer = (config: object): object => ({
    stream_name: 'OUT',
    config: { durable_name: `channel-${channel}`, ack_policy: AckPolicy.Explicit, ...config },
    action: '',
  });
  const filters = async (): Promise<unknown> => {
    const found = await crm.manager.consumers.info('OUT', `channel-${channel}`).catch(() => undefined);
    return found && [found.config.filter_subject, found.config.filter_subjects];
  };

  it('receives its own orders alone, however it asks for those of others', async () => {
    const made = 'CONSUMER.CREATE.OUT';
    const its = `crm.out.${channel}.>`;
    for (const [subject, config] of [
      [`${made}.channel-${channel}`, { filter_subject: 'crm.out.>' }],
      [`${made}.channel-${channel}`, { filter_subjects: [its, `crm.out.${other}.>`] }],
      [`${made}.channel-${channel}`, {}],
      [`${made}.channel-${channel}.crm.out.>`, { filter_subject: 'crm.out.>' }],
      [`${made}.channel-${channel}.crm.out.${other}.>`, { filter_subject: `crm.out.${other}.>` }],
      // What is said in the subject must be what is asked for.
      [`${made}.channel-${channel}.${its}`, { filter_subject: 'crm.out.>' }],
      [`${made}.channel-${channel}.${its}`, { filter_subjects: [its, `crm.out.${other}.>`] }],
      [`CONSUMER.DURABLE.CREATE.OUT.channel-${channel}`, { filter_subject: 'crm.out.>' }],
      [`CONSUMER.CREATE.OUT`, { filter_subject: 'crm.out.>' }],
    ] as const) {
      expect(await asks(`$JS.API.${subject}`, consumer(config))).toMatch(/^denied$|"error"/);
      expect([undefined, [its, undefined]]).toContainEqual(await filters());
    }
    await crm.jetstream.publish(subjects.out(other, 'info'), 'an order of another');
    expect(await asks(`$JS.API.CONSUMER.MSG.NEXT.OUT.channel-${other}`, { batch: 1, no_wait: true })).toBe('denied');
    expect(await asks(`$JS.API.STREAM.MSG.GET.OUT`, { seq: 1 })).toBe('denied');
    expect(await asks(`$JS.API.DIRECT.GET.OUT`, { seq: 1 })).toBe('denied');
  });

  it('changes no stream, so that nothing is copied out of it, dropped from it or deleted', async () => {
    for (const name of ['IN', 'OUT', 'EVENT', 'KV_channel-state', 'KV_channels']) {
      const { config } = await crm.manager.streams.info(name);
      const copied = { ...config, republish: { src: '>', dest: `_INBOX_${channel}.>` }, max_msgs: 1 };
      for (const [subject, body] of [
        [`STREAM.UPDATE.${name}`, copied],
        [`STREAM.CREATE.${name}`, copied],
        [`STREAM.PURGE.${name}`, {}],
        [`STREAM.DELETE.${name}`, ''],
        [`STREAM.MSG.DELETE.${name}`, { seq: 1 }],
      ] as const)
        expect(await asks(`$JS.API.${subject}`, body)).toMatch(/^denied$|"error"/);
      const after = await crm.manager.streams.info(name);
      expect([after.config.republish, after.config.max_msgs]).toEqual([undefined, config.max_msgs]);
    }
    expect(await asks('$JS.API.STREAM.CREATE.COPY', { name: 'COPY', sources: [{ name: 'EVENT' }] })).toBe('denied');
  });

  it('remembers what is its own, and reads and writes nothing of what others remember', async () => {
    const state = await taken.bucket('channel-state');
    expect((await state.get(`${channel}.own`))?.string()).toBe('its own');
    const keys: string[] = [];
    for await (const key of await state.keys(`${channel}.>`)) keys.push(key);
    expect(keys).toContain(`${channel}.own`);
    await expect(state.get(`${other}.secret`)).rejects.toThrow();
    await expect(state.put(`${other}.secret`, 'forged')).rejects.toThrow();
    await expect((await taken.bucket('channels')).put(other, 'forged')).rejects.toThrow();
    for (const [subject, body] of [
      ['DIRECT.GET.KV_channel-state', { last_by_subj: `$KV.channel-state.${other}.secret` }],
      [`DIRECT.GET.KV_channel-state.$KV.channel-state.${other}.secret`, ''],
      ['STREAM.MSG.GET.KV_channel-state', { last_by_subj: `$KV.channel-state.${other}.secret` }],
      ['CONSUMER.CREATE.KV_channel-state.curious', { stream_name: 'KV_channel-state', config: { name: 'curious' } }],
      [
        'CONSUMER.CREATE.KV_channel-state.curious.$KV.channel-state.>',
        { stream_name: 'KV_channel-state', config: { name: 'curious', filter_subject: '$KV.channel-state.>' } },
      ],
      [
        `CONSUMER.CREATE.KV_channel-state.curious.$KV.channel-state.${channel}.>`,
        { stream_name: 'KV_channel-state', config: { name: 'curious', filter_subject: '$KV.channel-state.>' } },
      ],
    ] as const) {
      const answer = await asks(`$JS.API.${subject}`, body);
      expect(answer).toMatch(/^denied$|"error"/);
      expect(answer).not.toContain('of another');
    }
    const there = await crm.manager.streams.getMessage('KV_channel-state', {
      last_by_subj: `$KV.channel-state.${other}.secret`,
    });
    expect(there?.string()).toBe('of another');
  });

  it('takes no order from another by acknowledging it', async () => {
    const durable = `channel-${other}`;
    await theirs.manager.consumers.add('OUT', {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      filter_subject: `crm.out.${other}.>`,
    });
    await crm.jetstream.publish(subjects.out(other, 'info'), 'for another');
    const told: string[] = [];
    const asked = theirs.connection.subscribe(`_INBOX_${other}.order`, {
      callback: (_, { reply = '' }) => void (reply === '' || told.push(reply)),
    });
    theirs.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.OUT.${durable}`, JSON.stringify({ batch: 1, expires: 5e9 }), {
      reply: `_INBOX_${other}.order`,
    });
    const reply = await eventually(() => told[0]);
    asked.unsubscribe();
    const waits = async (): Promise<number> => (await theirs.manager.consumers.info('OUT', durable)).num_ack_pending;
    const before = await waits();
    expect(before).toBeGreaterThan(0);
    taken.connection.publish(reply, '+ACK');
    await taken.connection.flush();
    expect(await waits()).toBe(before);
    await theirs.connection.request(reply, '+ACK', { timeout: 3_000 });
    expect(await waits()).toBe(before - 1);
  });

  it('has nothing delivered to where it may not speak', async () => {
    const counted = async (): Promise<number[]> =>
      Promise.all(
        ['IN', 'OUT', 'EVENT', 'KV_channels'].map(async name => (await crm.manager.streams.info(name)).state.messages),
      );
    const before = await counted();
    for (const [index, deliver] of [
      `crm.in.3.${other}.info.empty`,
      `crm.out.${other}.info`,
      'crm.event.case.opened.x',
      `$KV.channels.${other}`,
    ].entries()) {
      const name = `${channel}-pushes-${index}`;
      const filter = `$KV.channel-state.${channel}.>`;
      const config = {
        name,
        filter_subject: filter,
        deliver_subject: deliver,
        deliver_policy: 'all',
        ack_policy: 'none',
      };
      await asks(`$JS.API.CONSUMER.CREATE.KV_channel-state.${name}.${filter}`, {
        stream_name: 'KV_channel-state',
        config: { ...config, inactive_threshold: 2e9 },
      });
    }
    // Longer than a server takes to deliver what is there.
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(await counted()).toEqual(before);
  });
});
