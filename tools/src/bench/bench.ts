import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { Bus, partitionOf, subjects } from '@filodiretto/bus';
import type { CaseChanged, Inbound } from '@filodiretto/contracts';
import { v5 } from 'uuid';
import { loopbackBody, loopbackSignature } from '../load/doors.js';
import { pause, Program } from '../runtime/program.js';
import { freePort } from '../runtime/ports.js';
import { ROOT } from '../runtime/places.js';
import { CannotGoOn, type Tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { DEMONSTRATION } from '../system/services.js';
import { System } from '../system/system.js';
import { cpuByProcess, cpuMilliseconds } from './cpu.js';
import { DatabaseLimit } from './database-limit.js';
import { deadlineMeasures } from './deadlines.js';
import { inParallel, percentile, rate, rounded, type Measure } from './measure.js';
import { routing } from './routing.js';

const CONNECTIONS = 32;
/** What a process does for the first time costs it more. */
const WARM_UP_SECONDS = 3;
const ACCOUNT = 'banco';
const WORDS = 'Buongiorno, il lampione davanti a casa è spento da tre giorni e la strada è molto buia.';

/** The system under load, and the limits beside it. */
export class Bench {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  private constructor(
    private readonly system: System,
    private readonly folder: string,
    private readonly database: pg.Client,
    private readonly nats: NatsConnection,
    private readonly bus: Bus,
    private readonly tell: Tell,
  ) {}

  static async open(folder: string, tell: Tell): Promise<Bench> {
    const system = new System({
      folder,
      ports: await freePorts(),
      tell,
      died: program => {
        throw new CannotGoOn(`${program.name} died under load.\n${program.lastLines()}`);
      },
    });
    await system.start();
    const database = new pg.Client(system.database);
    await database.connect();
    const nats = await connect({ servers: system.urls.nats });
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const bus = await Bus.connect({
      servers: [system.urls.nats],
      name: 'bench',
      limits: { replicas: 1, maxBytes: 1_000_000_000 },
      production: false,
      log: silent,
    });
    return new Bench(system, folder, database, nats, bus, tell);
  }

  /** All figures, or those of the groups that are asked for. */
  async *all(scale: number, asked: (names: readonly string[]) => boolean): AsyncIterable<Measure> {
    if (asked(['webhook.accept', 'webhook.p99'])) yield* await this.webhooks(Math.ceil(6_000 * scale));
    if (asked(['intake.new', 'intake.join'])) yield* await this.intake(Math.ceil(6_000 * scale));
    if (asked(['e2e.p50', 'e2e.p99', 'e2e.cpu'])) yield* await this.endToEnd(200, Math.ceil(20 * scale));
    if (asked(['email.intake'])) yield await this.emails(Math.ceil(600 * scale));
    if (asked(['routing.decisions', 'routing.offer'])) yield* await this.routing(scale);
    // The last: it moves the time.
    if (asked(['deadline.late.p50', 'deadline.late.p95'])) yield* await this.deadlines(Math.ceil(1_000 * scale));
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.database.end();
    await this.bus.close();
    await this.nats.close();
    await this.system.stop();
  }

  private async webhooks(count: number): Promise<Measure[]> {
    const secret = this.system.secrets.loopbackSecret;
    const port = await freePort();
    const manager = await jetstreamManager(this.nats);
    await manager.streams.add({ name: 'BENCH', subjects: ['bench.>'] });
    const bare = new Program({
      name: 'bare server',
      command: process.execPath,
      args: [
        'tools/dist/bench/bare-server.js',
        String(port),
        this.system.urls.nats,
        join(this.folder, 'bare'),
        secret,
        'bench.bare',
      ],
      env: process.env,
      cwd: ROOT,
      log: join(this.folder, 'logs', 'bare.log'),
      readiness: () =>
        fetch(`http://127.0.0.1:${port}`, { method: 'POST' }).then(
          answer => answer.status === 401 || 'strange',
          () => 'not yet',
        ),
    });
    await bare.start();
    const body = (): string =>
      loopbackBody([{ mark: `bench-${randomUUID()}`, conversation: randomUUID(), place: 0, text: WORDS }]);
    const limit = await this.load(count, `http://127.0.0.1:${port}/`, body, text => ({
      'x-signature': createHmac('sha256', secret).update(text).digest('hex'),
    }));
    await bare.stop();
    await manager.streams.delete('BENCH');
    const ours = await this.still(() =>
      this.load(count, `${this.system.urls.channels.loopback}/deliveries/${ACCOUNT}`, body, text => ({
        'x-loopback-signature': loopbackSignature(secret, text),
      })),
    );
    await this.idle();
    const how = `${CONNECTIONS} connections, each delivery new; beside a bare server that checks, keeps and publishes; the core held still`;
    return [
      rate('webhook.accept', ours.perSecond, limit.perSecond, '/s', how),
      rate('webhook.p99', ours.p99, limit.p99, 'ms', `${how}; a ratio above 1 is slower`),
    ];
  }

  private async intake(count: number): Promise<Measure[]> {
    const database = await DatabaseLimit.open(this.system.database);
    const [single, opening, joining] = [
      await database.opening(Math.ceil(count / 4), 1),
      await database.opening(count, 50),
      await database.joining(count, 50),
    ];
    await database.close();
    this.tell(
      `PostgreSQL alone, cases opened: ${rounded(single)}/s by one a transaction, ${rounded(opening)}/s by fifty; joined: ${rounded(joining)}/s by fifty`,
    );
    const fresh = await this.drain(Array.from({ length: count }, () => ({ conversation: randomUUID(), open: true })));
    const conversations = Array.from({ length: 200 }, () => randomUUID());
    await this.drain(conversations.map(conversation => ({ conversation, open: false })));
    await this.idle();
    const joined = await this.drain(
      Array.from({ length: count }, (_, index) => ({
        conversation: conversations[index % conversations.length] ?? '',
        open: false,
      })),
    );
    await this.idle();
    const how = `from the bus to committed; beside the same minimal work by PostgreSQL alone, fifty a transaction (${rounded(single)}/s by one)`;
    return [
      rate('intake.new', fresh.perSecond, opening, '/s', `${how}; each opens a case; ${fresh.cpu}`),
      rate('intake.join', joined.perSecond, joining, '/s', `${how}; into 200 open cases; ${joined.cpu}`),
    ];
  }

  /** Puts messages on the bus while the core is held still, lets it go, and gives messages committed a second, and their CPU. */
  private async drain(
    messages: readonly { conversation: string; open: boolean }[],
  ): Promise<{ readonly perSecond: number; readonly cpu: string }> {
    const run = randomUUID();
    await this.still(() =>
      inParallel(messages.length, 200, async index => {
        const { conversation = '', open = false } = messages[index] ?? {};
        const message = inbound(`bench-${run}-${index}`, conversation, open);
        const partition = partitionOf(this.system.secrets.partitionKey, 'loopback', ACCOUNT, conversation);
        await this.bus.publish('message.received.v1', subjects.in(partition, 'loopback', ACCOUNT, 'message'), message, {
          id: message.id,
        });
      }),
    );
    const took = (): [number, number] => [
      cpuMilliseconds(this.system.program('crm').pid),
      cpuMilliseconds(this.system.program('postgres').pid),
    ];
    const before = took();
    const began = performance.now();
    let rest = 0;
    for (const until = Date.now() + 300_000; Date.now() < until; await pause(rest)) {
      const { rows } = await this.database.query<{ count: string }>(
        `select count(*) from message where channel = 'loopback' and account = $1 and external_id > $2 and external_id < $3`,
        [ACCOUNT, `bench-${run}-`, `bench-${run}-~`],
      );
      const [done, milliseconds] = [Number(rows[0]?.count), performance.now() - began];
      if (done === messages.length) {
        const [core, database] = took().map((now, index) => rounded((now - (before[index] ?? 0)) / done));
        return {
          perSecond: (done / milliseconds) * 1_000,
          cpu: `${core} ms of CPU in the core and ${database} in PostgreSQL each`,
        };
      }
      // Counting costs what is measured: the nearer the end, the oftener it is done.
      rest = Math.max(20, Math.min(1_000, (milliseconds / (done + 1)) * (messages.length - done) * 0.3));
    }
    throw new CannotGoOn('The core did not take in what was on the bus within five minutes.');
  }

  private async endToEnd(perSecond: number, seconds: number): Promise<Measure[]> {
    const secret = this.system.secrets.loopbackSecret;
    const url = `${this.system.urls.channels.loopback}/deliveries/${ACCOUNT}`;
    const sent = new Map<string, number>();
    const times: number[] = [];
    const subscription = this.nats.subscribe('crm.event.case.>', {
      callback: (_error, event) => {
        const { message } = event.json<CaseChanged>();
        const began = message === undefined ? undefined : sent.get(message);
        if (began === undefined || message === undefined) return;
        times.push(performance.now() - began);
        sent.delete(message);
      },
    });
    const conversations: string[] = [];
    const say = async (count: number): Promise<void> => {
      const sends: Promise<void>[] = [];
      const start = performance.now();
      for (let index = 0; index < count; index += 1) {
        const wait = start + (index * 1_000) / perSecond - performance.now();
        if (wait > 1) await pause(wait);
        if (index % 10 === 0) conversations.push(randomUUID());
        // Each is joined by nine more, as they come, over the time that is measured.
        const conversation =
          conversations[index % 10 === 0 ? conversations.length - 1 : (index * 7) % conversations.length];
        const mark = `e2e-${randomUUID()}`;
        sent.set(idOf(mark), performance.now());
        const body = loopbackBody([{ mark, conversation: conversation ?? mark, place: 0, text: WORDS }]);
        sends.push(this.post(url, body, text => ({ 'x-loopback-signature': loopbackSignature(secret, text) })));
      }
      await Promise.all(sends);
      for (const until = Date.now() + 60_000; times.length < count && Date.now() < until;) await pause(50);
      if (times.length < count)
        throw new CannotGoOn(`${count - times.length} of ${count} accepted messages were never announced.`);
      await this.idle();
    };
    await say(perSecond * WARM_UP_SECONDS);
    times.length = 0;
    const count = perSecond * seconds;
    const took = cpuByProcess(this.system);
    await say(count);
    subscription.unsubscribe();
    const each = took().map(({ name, milliseconds }) => ({ name, each: milliseconds / count }));
    const split = each.flatMap(({ name, each: one }) => (one < 0.02 ? [] : [`${name} ${rounded(one)}`])).join(', ');
    const how = `${perSecond} deliveries/s for ${seconds} s, one in ten opening a case; from the citizen's request to the announcement of the committed fact; after ${WARM_UP_SECONDS} s of the same`;
    return [
      { name: 'e2e.p50', value: rounded(percentile(times, 0.5)), unit: 'ms', how },
      { name: 'e2e.p99', value: rounded(percentile(times, 0.99)), unit: 'ms', how },
      {
        name: 'e2e.cpu',
        value: rounded(each.reduce((sum, { each: one }) => sum + one, 0)),
        unit: 'ms',
        how: `of CPU a message in all processes, until everything is done and search knows it: ${split}`,
      },
    ];
  }

  private async emails(count: number): Promise<Measure> {
    const transport = createTransport({
      url: this.system.urls.channels.email.smtp,
      pool: true,
      maxConnections: 8,
      maxMessages: Infinity,
    });
    const send = async (index: number): Promise<void> => {
      await transport.sendMail({
        from: `Cittadino ${index} <cittadino-${randomUUID()}@posta.example>`,
        to: DEMONSTRATION.mailboxes[0].address,
        subject: `Segnalazione n. ${index}: perché è buio?`,
        text: `${WORDS}\n\nIl giorno 3 marzo 2026 l'ufficio ha scritto:\n> ${WORDS}\n`,
        html: `<p>${WORDS}</p><img src="cid:logo"><blockquote>${WORDS}</blockquote>`,
        attachments: [
          { filename: 'perché.jpg', content: Buffer.alloc(40_000, index % 251), contentType: 'image/jpeg' },
          { filename: 'logo.png', cid: 'logo', content: Buffer.alloc(2_000, 7), contentType: 'image/png' },
        ],
      });
    };
    // The threads that read mail start with the first of it.
    await inParallel(16, 16, send);
    await this.idle();
    const perSecond = await this.still(async () => {
      const began = performance.now();
      await inParallel(count, 16, send);
      return (count / (performance.now() - began)) * 1_000;
    });
    transport.close();
    await this.idle();
    return {
      name: 'email.intake',
      value: rounded(perSecond),
      unit: '/s',
      how: 'by SMTP through the real parser to the bus: text, HTML, quoted text, two attachments; the core held still',
    };
  }

  private async routing(scale: number): Promise<Measure[]> {
    await this.idle();
    return routing(
      {
        database: this.system.database,
        channel: 'loopback',
        tell: this.tell,
        say: async ({ account, conversation }) => {
          const message = { ...inbound(`routing-${randomUUID()}`, conversation, true), account };
          const partition = partitionOf(this.system.secrets.partitionKey, 'loopback', account, conversation);
          await this.bus.publish(
            'message.received.v1',
            subjects.in(partition, 'loopback', account, 'message'),
            message,
            { id: message.id },
          );
        },
      },
      scale,
    );
  }

  private async deadlines(count: number): Promise<Measure[]> {
    const conversations = Array.from({ length: count }, () => randomUUID());
    await this.drain(conversations.map(conversation => ({ conversation, open: true })));
    await this.idle();
    const { rows } = await this.database.query<{ id: string }>(
      `select distinct m.case_id as id from message m join conversation c on c.id = m.conversation_id
       where c.channel = 'loopback' and c.key = any($1::text[])`,
      [conversations],
    );
    const { system, database, nats } = this;
    return deadlineMeasures(
      { system, database, nats },
      rows.map(({ id }) => id),
    );
  }

  /** Holds the core still while something is done. */
  private async still<T>(work: () => Promise<T>): Promise<T> {
    const pid = this.system.program('crm').pid;
    if (pid === undefined) throw new CannotGoOn('The core does not run.');
    process.kill(pid, 'SIGSTOP');
    try {
      return await work();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  /** Resolves when the core has taken in and announced everything, and search knows it. */
  private async idle(): Promise<void> {
    let calm = 0;
    for (const until = Date.now() + 300_000; calm < 5 && Date.now() < until; await pause(200)) {
      const { rows } = await this.database.query<{ waiting: string }>(
        `select (select count(*) from outbox) + (select count(*) from message where send_state in ('queued', 'sending'))
           + (select count(*) from journal_reader r where r.name = 'search' and exists (
               select from journal j where j.administration_id = r.administration_id and (j.xid, j.position) > (r.xid, r.position))) as waiting`,
      );
      let waiting = Number(rows[0]?.waiting);
      for await (const consumer of this.bus.manager.consumers.list('IN'))
        waiting += consumer.num_pending + consumer.num_ack_pending;
      calm = waiting === 0 ? calm + 1 : 0;
    }
  }

  private async load(
    count: number,
    url: string,
    body: () => string,
    headers: (body: string) => Record<string, string>,
  ): Promise<{ perSecond: number; p99: number }> {
    const began = performance.now();
    const times = await inParallel(count, CONNECTIONS, () => this.post(url, body(), headers));
    return { perSecond: (count / (performance.now() - began)) * 1_000, p99: percentile(times, 0.99) };
  }

  private post(url: string, body: string, headers: (body: string) => Record<string, string>): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent: this.agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers(body) },
        },
        answer => {
          answer.resume();
          answer.once('end', () => {
            if (answer.statusCode && answer.statusCode < 300) resolve();
            else reject(new CannotGoOn(`${url} answers ${answer.statusCode ?? 'nothing'}`));
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }
}

const NAMESPACE = '6f0f2f0a-9d5e-5a3b-8c53-2d9f6a1e7b10';
/** The id that the house gives to a message of the loopback channel. */
const idOf = (externalId: string): string => v5(JSON.stringify(['loopback', ACCOUNT, externalId]), NAMESPACE);

const inbound = (externalId: string, conversation: string, open: boolean): Inbound => ({
  id: idOf(externalId),
  channel: 'loopback',
  account: ACCOUNT,
  externalId,
  conversation,
  from: { kind: 'loopback', value: conversation, verified: true },
  author: 'contact',
  content: [{ type: 'text', text: WORDS }],
  sentAt: new Date().toISOString(),
  receivedAt: new Date().toISOString(),
  raw: { sha256: '0'.repeat(64), size: 0, mediaType: 'application/json' },
  // In public nothing is acknowledged: what is measured is taking in, not answering.
  ...(open ? { flags: { public: true } } : {}),
});
