import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AckPolicy } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimAnswer, ConnectionsAnswer, type EmptyReception } from '@filodiretto/contracts';
import { Bus, NotAnswered, NotPublished, subjects } from './index.js';
import { NatsServer } from './testing/index.js';

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

const as = (user: string): Promise<Bus> =>
  Bus.connect({
    servers: [server.url],
    name: `process-${user}`,
    user,
    password: passwords[`${user.toUpperCase()}_NATS_PASSWORD`] ?? '',
    limits: { replicas: 1, maxBytes: 10_000_000 },
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

  it('hears its own answers', async () => {
    expect(await mayHear(email, '_INBOX_email.one')).toBe(true);
  });
});
