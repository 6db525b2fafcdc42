import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, Inject, Injectable, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { ClaimAnswer, ClaimSend, type EmptyReception } from '@filodiretto/contracts';
import {
  Bus,
  connectJetStream,
  InvalidPayload,
  NotPublished,
  subjects,
  type ConsumerExtras,
  type Delivery,
} from './index.js';
import { eventually, NatsServer } from './testing/index.js';

jest.setTimeout(60_000);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const limits = { replicas: 1, maxBytes: 100_000_000 };

@Injectable()
class Seen {
  singles: number[] = [];
  batches: number[][] = [];
  gathered: { readonly at: number; readonly sizes: readonly number[] }[] = [];
  failures = 0;
  begun: string[] = [];

  onModuleInit(): void {
    this.begun.push('module');
  }
  onApplicationBootstrap(): void {
    this.begun.push('application');
  }
}
const SINGLE: ConsumerExtras = { stream: 'IN', durable: 'spec-single', concurrency: 1 };
const BATCH: ConsumerExtras = { stream: 'IN', durable: 'spec-batch', partitions: true, batch: 10 };
const GATHER_MS = 1_500;
const GATHERS: ConsumerExtras = {
  ...BATCH,
  durable: 'spec-gathers',
  concurrency: 3,
  gatherMs: GATHER_MS,
};

@Controller()
class Handlers {
  constructor(@Inject(Seen) private readonly seen: Seen) {}
  @EventPattern<string>('crm.in.3.loopback.single.empty', SINGLE)
  single(delivery: Delivery): void {
    if (this.seen.failures > 0) {
      this.seen.failures -= 1;
      throw new Error('the system is away');
    }
    this.seen.singles.push(size(delivery));
  }
  @EventPattern<string>('crm.in.*.loopback.batch.empty', BATCH)
  async batch(deliveries: Delivery[]): Promise<void> {
    this.seen.batches.push(deliveries.map(size));
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  @EventPattern<string>('crm.in.*.loopback.gathers.empty', GATHERS)
  gathers(deliveries: Delivery[]): void {
    this.seen.gathered.push({ at: performance.now(), sizes: deliveries.map(size) });
  }
  @MessagePattern('crm.ask.claim', { question: ClaimSend })
  claim(question: ClaimSend): ClaimAnswer {
    if (question.attempt > 8) throw new Error('too many');
    return { granted: question.attempt === 1, state: 'queued' };
  }
}
const size = (delivery: Delivery): number => (delivery.is('reception.empty.v1') ? delivery.data.raw.size : -1);
@Module({ controllers: [Handlers], providers: [Seen] })
class SpecModule {}

const empty = (account: string, number: number): EmptyReception => ({
  channel: 'loopback',
  account,
  raw: { sha256: 'a'.repeat(64), size: number, mediaType: 'text/plain' },
  receivedAt: new Date().toISOString(),
});

describe('the bus', () => {
  const nats = new NatsServer();
  let bus: Bus;
  let app: INestApplication;
  let seen: Seen;
  let strategy: ReturnType<typeof connectJetStream>;

  beforeAll(async () => {
    await nats.start();
  });
  afterAll(async () => {
    await nats.kill();
    nats.wipe();
  });
  beforeEach(async () => {
    bus = await Bus.connect({
      servers: [nats.url],
      name: 'spec',
      limits,
      production: false,
      log,
    });
    app = await NestFactory.create(SpecModule, new FastifyAdapter(), { logger: false });
    strategy = connectJetStream(app, bus, 'spec');
    await app.init();
    await app.startAllMicroservices();
    seen = app.get(Seen);
  });
  afterEach(async () => {
    await app.close();
    await bus.close();
  });
  const publish = (account: string, number: number, id: string, partition = 3): Promise<void> =>
    bus.publish('reception.empty.v1', subjects.in(partition, 'loopback', account, 'empty'), empty(account, number), {
      id,
    });

  it('stores an event once, however often it is published with its id', async () => {
    for (let times = 0; times < 3; times += 1) await publish('single', 1, 'once');
    await publish('single', 2, 'after');
    await eventually(() => (seen.singles.includes(2) ? true : undefined));
    expect(seen.singles).toEqual([1, 2]);
  });

  it('lets what works by itself in an application begin once', () => {
    expect(seen.begun).toEqual(['module', 'application']);
  });

  it('refuses a payload that is not what its type promises, before it travels', async () => {
    await expect(
      bus.publish(
        'reception.empty.v1',
        subjects.in(3, 'loopback', 'single', 'empty'),
        { ...empty('single', 1), receivedAt: 'yesterday' },
        { id: 'bad' },
      ),
    ).rejects.toThrow(InvalidPayload);
  });

  it('calls a handler again when the system failed, and burns no attempt of the event', async () => {
    seen.failures = 2;
    await publish('single', 10, 'again-10');
    await publish('single', 11, 'again-11');
    await eventually(() => (seen.singles.length === 2 ? true : undefined));
    expect(seen.singles).toEqual([10, 11]);
  });

  it('keeps the order within a partition and hands over what waits as one batch', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, number) => publish('batch', number, `batch-${number}`, 5)));
    await eventually(() => (seen.batches.flat().length === 60 ? true : undefined));
    expect(seen.batches.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, number) => number));
    expect(Math.max(...seen.batches.map(batch => batch.length))).toBeGreaterThan(1);
    expect(Math.max(...seen.batches.map(batch => batch.length))).toBeLessThanOrEqual(10);
  });

  it('hands over at once what comes after a silence, together what comes soon after, and a whole batch without waiting', async () => {
    const say = (number: number): Promise<void> => publish('gathers', number, `gathers-${number}`, number % 4);
    const until = (count: number): Promise<unknown> =>
      eventually(() => (seen.gathered.flatMap(({ sizes }) => sizes).length === count ? true : undefined));
    await say(0);
    await until(1);
    for (const number of [1, 2, 3]) await say(number);
    await until(4);
    const [alone, together] = seen.gathered;
    expect(seen.gathered.map(({ sizes }) => sizes.length)).toEqual([1, 3]);
    expect((together?.at ?? 0) - (alone?.at ?? 0)).toBeGreaterThan(GATHER_MS - 50);
    const whole = performance.now();
    await Promise.all(Array.from({ length: 10 }, (_, number) => say(number + 4)));
    await until(14);
    const [third] = seen.gathered.slice(2);
    expect(third?.sizes.length).toBe(10);
    expect((third?.at ?? 0) - whole).toBeLessThan(GATHER_MS);
  });

  it('answers a question with a checked answer, and tells a fault as a fault', async () => {
    const message = '0198d1c3-0000-7000-8000-000000000001';
    await expect(
      bus.ask(subjects.ask('claim'), { message, attempt: 1 }, ClaimAnswer, { timeoutMs: 2_000 }),
    ).resolves.toMatchObject({ granted: true });
    await expect(
      bus.ask(subjects.ask('claim'), { message, attempt: 9 }, ClaimAnswer, { timeoutMs: 2_000 }),
    ).rejects.toThrow('too many');
    await expect(
      bus.ask(subjects.ask('claim'), { message: 'x', attempt: 1 }, ClaimAnswer, { timeoutMs: 2_000 }),
    ).rejects.toThrow('message');
  });

  it('takes up at once, and before anything newer, what a process had in hand when it died', async () => {
    const account = 'batch';
    const durable = 'spec-batch-9';
    // As a process that died: two events delivered and never settled.
    await Promise.all([1, 2].map(number => publish(account, number, `died-${number}`, 9)));
    await eventually(() => (seen.batches.flat().length === 2 ? true : undefined));
    await app.close();
    await Promise.all([3, 4].map(number => publish(account, number, `died-${number}`, 9)));
    const consumer = await bus.jetstream.consumers.get('IN', durable);
    for await (const message of await consumer.fetch({ max_messages: 2, expires: 1_000 }))
      expect(message.seq).toBeGreaterThan(0);
    await publish(account, 5, 'died-5', 9);
    app = await NestFactory.create(SpecModule, new FastifyAdapter(), { logger: false });
    strategy = connectJetStream(app, bus, 'spec');
    await app.startAllMicroservices();
    seen = app.get(Seen);
    await eventually(() => (seen.batches.flat().length === 3 ? true : undefined));
    expect(seen.batches.flat()).toEqual([3, 4, 5]);
  });

  it('goes on by itself after the server was killed', async () => {
    await publish('single', 20, 'kill-20');
    await eventually(() => (seen.singles.includes(20) ? true : undefined));
    await nats.kill();
    await expect(publish('single', 21, 'kill-21')).rejects.toThrow(NotPublished);
    await nats.start();
    await eventually(() =>
      publish('single', 21, 'kill-21').then(
        () => true,
        () => undefined,
      ),
    );
    await eventually(() => (seen.singles.includes(21) ? true : undefined));
    expect(seen.singles).toEqual([20, 21]);
    await strategy.check();
  });

  it('makes streams and consumers again when the whole store was removed', async () => {
    await nats.kill();
    nats.wipe();
    await nats.start();
    await eventually(() =>
      publish('single', 30, 'wiped-30').then(
        () => true,
        () => undefined,
      ),
    );
    await eventually(() => (seen.singles.includes(30) ? true : undefined));
    await Promise.all(Array.from({ length: 5 }, (_, number) => publish('batch', number, `wiped-batch-${number}`, 7)));
    await eventually(() => (seen.batches.flat().length === 5 ? true : undefined));
    expect(seen.singles).toEqual([30]);
  });

  it('does not start in production on a server that may lose what it acknowledged', async () => {
    await expect(Bus.connect({ servers: [nats.url], name: 'spec', limits, production: true, log })).rejects.toThrow(
      /production does not start.*(older than 2\.10\.23|sync_interval)/,
    );
  });
});
