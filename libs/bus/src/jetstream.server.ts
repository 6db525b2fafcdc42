import { Catch, type INestApplication, type RpcExceptionFilter } from '@nestjs/common';
import { NestMicroservice, Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  type ConsumerConfig,
  type ConsumerInfo,
  type ConsumerMessages,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import { lastValueFrom, throwError, type Observable } from 'rxjs';
import type { Bus } from './bus.js';
import { Delivery } from './delivery.js';
import { PARTITIONS } from './subjects.js';
import { checked } from './validation.js';

/** How an `@EventPattern` handler is fed; its second argument. */
export interface ConsumerExtras {
  readonly stream: 'IN' | 'OUT' | 'EVENT';
  /** Name of the durable consumer. Its filter is for life: a new filter needs a new name. */
  readonly durable: string;
  /** One ordered consumer for each partition: the pattern's second token after the stream's is its number. */
  readonly partitions?: true;
  /**
   * The handler takes a list of so many deliveries at most, those that wait, in order; absent: one delivery. With partitions
   * the list holds what waits in several of them, each in its own order.
   */
  readonly batch?: number;
  /** How many calls may run at once; 1 keeps the order. A partition is never in two calls, so that its order stays. */
  readonly concurrency?: number;
  /**
   * Calls begin no closer to each other than so many milliseconds, unless a whole batch waits: what comes meanwhile comes
   * together, where a call costs more than what is in it. What comes after a silence is handed over at once. Absent: 0.
   */
  readonly gatherMs?: number;
}
/** How a `@MessagePattern` handler is asked; its second argument. */
export interface AnswerExtras {
  /** The class of the question. */
  readonly question: new () => object;
}

const CONSUMER_NOT_FOUND = 10_014;
const ACK_WAIT_MS = 10_000;
const WORKING_MS = 3_000;
/** How often an ordered consumer is taken up at once from where the process before it ended; then only by redelivery. */
const QUICK_RESTARTS = 3;
const BACK_OFF_MS = [200, 500, 1_000, 2_000, 5_000];

/**
 * JetStream as a Nest transport. Events: each `@EventPattern` handler has durable pull consumers; a delivery is
 * acknowledged after the handler resolved. A handler that rejects tells of a fault of the system: it is called again with
 * the same deliveries, with back-off, in order, and no attempt is burnt. What only concerns one item is the handler's to settle.
 * Questions: each `@MessagePattern` handler answers on core NATS, one process of those that run.
 */
export class JetStreamServer extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('JETSTREAM');
  private readonly crews: Crew[] = [];
  private readonly answers: Subscription[] = [];

  constructor(
    private readonly bus: Bus,
    /** Name of the service: processes of the same name share the work. */
    private readonly service: string,
  ) {
    super();
    this.initializeSerializer({});
    this.initializeDeserializer({});
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      for (const [pattern, handler] of this.messageHandlers) {
        if (handler.isEventHandler) this.consume(pattern, handler);
        else this.answer(pattern, handler);
      }
      await Promise.all(this.crews.map(crew => crew.start()));
      this.bus.onReconnect(() => this.crews.forEach(crew => crew.rebuild()));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Throws when events wait and none is settled, or the server is away. */
  async check(): Promise<void> {
    this.bus.check();
    for (const crew of this.crews) await crew.check();
  }

  /** Stops pulling, finishes what is in flight. */
  async close(): Promise<void> {
    await Promise.all(this.answers.map(answer => answer.drain()));
    await Promise.all(this.crews.map(crew => crew.stop()));
  }

  override on(): void {
    throw new Error('the transport has no events of its own');
  }
  override unwrap<T>(): T {
    return this.bus as T;
  }

  private consume(pattern: string, handler: MessageHandler): void {
    const extras = handler.extras as unknown as ConsumerExtras;
    const call = async (deliveries: Delivery[]): Promise<void> => {
      const result: unknown = await handler(extras.batch ? deliveries : deliveries[0]);
      await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
    };
    const sources = extras.partitions
      ? Array.from({ length: PARTITIONS }, (_, partition) => ({
          filter: pattern.split('.').with(2, String(partition)).join('.'),
          durable: `${extras.durable}-${partition}`,
        }))
      : [{ filter: pattern, durable: extras.durable }];
    this.crews.push(
      new Crew(
        this.bus,
        extras,
        sources.map(({ filter, durable }) => new ConsumerLoop(this.bus, extras, filter, durable)),
        call,
      ),
    );
  }

  private answer(subject: string, handler: MessageHandler): void {
    const { question } = handler.extras as unknown as AnswerExtras;
    const respond = async (message: Msg): Promise<void> => {
      try {
        const asked = checked(question, message.json());
        const result: unknown = await handler(asked);
        message.respond(JSON.stringify(await lastValueFrom(this.transformToObservable(result))));
      } catch (error) {
        this.bus.options.log.error({ subject, err: error }, 'a question could not be answered');
        message.respond(JSON.stringify({ fault: error instanceof Error ? error.message : String(error) }));
      }
    };
    this.answers.push(
      this.bus.connection.subscribe(subject, {
        queue: this.service,
        callback: (error, message) => {
          if (error) this.bus.options.log.error({ subject, err: error }, 'the subscription failed');
          else
            void this.bus.context.run(
              { correlationId: message.headers?.get('filodiretto-correlation-id') || crypto.randomUUID() },
              subject,
              () => respond(message),
            );
        },
      }),
    );
  }
}

/** What one call of a handler takes from one consumer. */
interface Share {
  readonly from: ConsumerLoop;
  readonly deliveries: readonly Delivery[];
}

/** The workers of one handler: they take what waits in its consumers, from several of them at once. */
class Crew {
  private readonly running = new Set<Promise<void>>();
  private readonly taken = new Set<ConsumerLoop>();
  private first = 0;
  private stopped = false;
  private beat?: NodeJS.Timeout;
  private waking?: NodeJS.Immediate;
  private gathering?: NodeJS.Timeout;
  private begunAt = -Infinity;

  constructor(
    private readonly bus: Bus,
    private readonly extras: ConsumerExtras,
    private readonly loops: readonly ConsumerLoop[],
    private readonly call: (deliveries: Delivery[]) => Promise<void>,
  ) {}

  async start(): Promise<void> {
    await Promise.all(this.loops.map(loop => loop.start(() => this.wakeSoon())));
    this.beat = setInterval(() => this.loops.forEach(loop => loop.working()), WORKING_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.gathering);
    await Promise.all(this.loops.map(loop => loop.close()));
    await Promise.allSettled(this.running);
    clearInterval(this.beat);
    await Promise.all(this.loops.map(loop => loop.ended()));
  }

  rebuild(): void {
    this.loops.forEach(loop => loop.rebuild());
  }

  async check(): Promise<void> {
    for (const loop of this.loops) await loop.check();
  }

  /** What came together is taken together. */
  private wakeSoon(): void {
    this.waking ??= setImmediate(() => {
      this.waking = undefined;
      this.wake();
    });
  }

  /** Sets as many to work as may, when something waits. */
  private wake(): void {
    while (!this.stopped && this.running.size < (this.extras.concurrency ?? 1)) {
      if (this.gathers()) return;
      const shares = this.next();
      if (shares.length === 0) return;
      this.begunAt = performance.now();
      const settled: Promise<void> = this.settle(shares).finally(() => {
        shares.forEach(({ from }) => this.taken.delete(from));
        this.running.delete(settled);
        this.wake();
      });
      this.running.add(settled);
    }
  }

  /** Whether more is waited for before the next call; then it is woken again. */
  private gathers(): boolean {
    const { gatherMs = 0, batch = 1 } = this.extras;
    const rest = this.begunAt + gatherMs - performance.now();
    const waiting = this.loops.reduce((sum, loop) => sum + (this.taken.has(loop) ? 0 : loop.waiting), 0);
    if (rest <= 0 || waiting === 0 || waiting >= batch) return false;
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.wake();
    }, rest);
    return true;
  }

  /** What waits, at most a batch; the consumers take turns at being the first. What must stay in order is in one call at a time. */
  private next(): Share[] {
    const shares: Share[] = [];
    let room = this.extras.batch ?? 1;
    for (let turn = 0; turn < this.loops.length && room > 0; turn += 1) {
      const from = this.loops[(this.first + turn) % this.loops.length];
      if (!from || this.taken.has(from)) continue;
      const deliveries = from.next(room);
      if (deliveries.length === 0) continue;
      room -= deliveries.length;
      shares.push({ from, deliveries });
      if (this.extras.partitions) this.taken.add(from);
    }
    this.first = (this.first + 1) % this.loops.length;
    return shares;
  }

  private async settle(shares: readonly Share[]): Promise<void> {
    const batch = shares.flatMap(({ deliveries }) => deliveries);
    const beat = setInterval(() => batch.forEach(delivery => delivery.working()), WORKING_MS);
    const first = batch[0];
    const { durable } = this.extras;
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          const work = (): Promise<void> => this.call(batch);
          await (first ? this.bus.context.run(first.context, `${durable} process`, work) : work());
          batch.forEach(delivery => delivery.ack());
          shares.forEach(({ from }) => from.settled());
          return;
        } catch (error) {
          this.bus.options.log.error(
            { durable, attempt, events: batch.length, err: error },
            'the system failed: calling again',
          );
          if (this.stopped) return;
          await sleep(BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length - 1)] ?? 0);
        }
      }
    } finally {
      clearInterval(beat);
    }
  }
}

/** One durable consumer, and what came from it and waits. */
class ConsumerLoop {
  private messages?: ConsumerMessages;
  private queue: Delivery[] = [];
  private wake: () => void = () => undefined;
  private stopped = false;
  private feeding: Promise<void> = Promise.resolve();
  private streamCreated = '';
  private settledAt = Date.now();

  constructor(
    private readonly bus: Bus,
    private readonly extras: ConsumerExtras,
    private readonly filter: string,
    private readonly durable: string,
  ) {}

  /** `wake` is called when something came. */
  async start(wake: () => void): Promise<void> {
    this.wake = wake;
    await this.open();
    this.feeding = this.feed();
  }

  /** Lets nothing more come. */
  async close(): Promise<void> {
    this.stopped = true;
    await this.messages?.close();
  }
  /** Resolves when nothing comes any more. */
  ended(): Promise<void> {
    return this.feeding;
  }

  /** How much waits here. */
  get waiting(): number {
    return this.queue.length;
  }
  /** Takes from what waits, in order. */
  next(most: number): Delivery[] {
    return this.queue.splice(0, most);
  }
  /** Says that something of it was settled. */
  settled(): void {
    this.settledAt = Date.now();
  }
  /** Tells the server that what waits is not forgotten. */
  working(): void {
    this.queue.forEach(delivery => delivery.working());
  }

  /** Opens the consumer anew: after a reconnection nothing that was open can be trusted. */
  rebuild(): void {
    void this.messages?.close();
  }

  async check(): Promise<void> {
    if (Date.now() - this.settledAt < 60_000) return;
    const { num_pending, num_ack_pending } = await this.bus.manager.consumers.info(this.extras.stream, this.durable);
    if (num_pending + num_ack_pending > 0 && Date.now() - this.settledAt > 60_000)
      throw new Error(
        `${this.durable}: ${num_pending + num_ack_pending} events wait and none was settled for a minute`,
      );
    this.settledAt = Date.now();
  }

  private get most(): number {
    const { batch = 1, concurrency = 1, partitions } = this.extras;
    return partitions ? batch : batch * concurrency * 2;
  }

  private async open(): Promise<void> {
    const { stream } = this.extras;
    const created = (await this.bus.manager.streams.info(stream)).created;
    if (this.streamCreated !== '' && created !== this.streamCreated) {
      // The store was lost and made again: what is in hand has no place in it, and its acknowledgement would hit another event.
      this.bus.options.log.warn({ stream, dropped: this.queue.length }, 'the stream was made anew');
      this.queue = [];
    }
    await this.ensureConsumer(this.streamCreated === '');
    this.streamCreated = created;
    const consumer = await this.bus.jetstream.consumers.get(stream, this.durable);
    this.messages = await consumer.consume({
      max_messages: Math.max(this.most, 2),
      expires: 10_000,
      idle_heartbeat: 3_000,
    });
  }

  private async ensureConsumer(starting: boolean): Promise<void> {
    const { stream } = this.extras;
    const { consumers } = this.bus.manager;
    const config = {
      durable_name: this.durable,
      filter_subject: this.filter,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1,
      max_ack_pending: Math.max(this.most, 2),
    };
    const found = await consumers.info(stream, this.durable).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND) return undefined;
      throw error;
    });
    const again = found && starting && this.extras.partitions ? takenUpAgain(found) : undefined;
    if (again) {
      await consumers.delete(stream, this.durable);
      await consumers.add(stream, { ...config, ...again });
    } else if (!found) await consumers.add(stream, config);
    else if (found.config.ack_wait !== config.ack_wait || found.config.max_ack_pending !== config.max_ack_pending)
      await consumers.update(stream, this.durable, config);
  }

  /** Fills the queue for ever; opens the consumer again whenever it ends or vanishes. */
  private async feed(): Promise<void> {
    let attempt = 0;
    while (!this.stopped) {
      try {
        if (!this.messages) await this.open();
        const messages = this.messages;
        if (!messages) continue;
        if (this.stopped) break;
        void this.watch(messages);
        for await (const message of messages) this.take(message);
        attempt = 0;
      } catch (error) {
        this.bus.options.log.warn({ durable: this.durable, err: error }, 'the consumer broke off: opening it again');
        await this.recover(error);
        await sleep(BACK_OFF_MS[Math.min(attempt++, BACK_OFF_MS.length - 1)] ?? 0);
      }
      this.messages = undefined;
    }
  }

  private async recover(error: unknown): Promise<void> {
    if (!(error instanceof JetStreamApiError)) return;
    try {
      await this.bus.ensureStreams();
    } catch (again) {
      this.bus.options.log.warn({ durable: this.durable, err: again }, 'the streams could not be made yet');
    }
  }

  private async watch(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      if (
        status.type === 'consumer_deleted' ||
        status.type === 'consumer_not_found' ||
        status.type === 'stream_not_found' ||
        (status.type === 'heartbeats_missed' && status.count >= 2)
      )
        void messages.close();
    }
  }

  private take(message: JsMsg): void {
    this.queue.push(new Delivery(message));
    this.wake();
  }
}

/**
 * How an ordered consumer begins when the process before it ended with events in hand: from the first that is not settled, at
 * once and before anything newer, instead of after the wait for its acknowledgement. The settled ones among them come again,
 * and are recognised. An event that kills the process each time would come for ever as if for the first time: after a few
 * restarts from the same place its deliveries are counted, so that it can be parked.
 */
function takenUpAgain(found: ConsumerInfo): Partial<ConsumerConfig> | undefined {
  if (found.num_ack_pending === 0) return undefined;
  const floor = found.ack_floor.stream_seq;
  const [, place, times] = /^taken up from (\d+), (\d+)$/.exec(found.config.description ?? '') ?? [];
  const restarts = Number(place) === floor ? Number(times) + 1 : 1;
  if (restarts > QUICK_RESTARTS) return undefined;
  return {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: floor + 1,
    description: `taken up from ${floor}, ${restarts}`,
  };
}

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

/** Without it the framework turns every error of a handler into the same few words. */
@Catch()
class RethrowFilter implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Connects the bus's handlers of an application; call before `startAllMicroservices`. */
export function connectJetStream(app: INestApplication, bus: Bus, service: string): JetStreamServer {
  const strategy = new JetStreamServer(bus, service);
  const microservice = app.connectMicroservice({ strategy }, { deferInitialization: true });
  microservice.useGlobalFilters(new RethrowFilter());
  // Deferred, it would call the hooks of the application's providers once more: whatever works by itself would run twice.
  if (!(microservice instanceof NestMicroservice)) throw new Error('the framework connected something else');
  microservice.setIsInitHookCalled(true);
  return strategy;
}
