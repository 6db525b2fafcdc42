import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import { EVENTS, type EventPayload, type EventType } from '@filodiretto/contracts';
import { noContext, type BusLog, type ContextKeeper } from './context.js';
import { durabilityFaults } from './durability.js';
import { PubAcks, StreamMissing } from './pub-acks.js';
import { ensureStreams, type StreamLimits } from './streams.js';
import { inboxOf, type Subject } from './subjects.js';
import { checked, checkedEvent } from './validation.js';

export interface BusOptions {
  readonly servers: readonly string[];
  /** The process, as the server shows it. */
  readonly name: string;
  readonly user?: string;
  readonly password?: string;
  readonly limits: StreamLimits;
  /** In production the bus refuses a server whose acknowledgement may be lost with the power. */
  readonly production: boolean;
  /** Monitoring address of the server, for that check. */
  readonly monitorUrl?: string;
  readonly log: BusLog;
  readonly context?: ContextKeeper;
}

/** The bus did not hold the event in time: it may or may not be there. Publishing again with the same id is safe. */
export class NotPublished extends Error {}
/** Nobody answered a question in time, or the answer was a fault. */
export class NotAnswered extends Error {}

const PUBLISH_TIMEOUT_MS = 3_000;

/** The system's one way to speak between processes. */
export class Bus {
  private constructor(
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    readonly manager: JetStreamManager,
    readonly options: BusOptions,
  ) {
    this.acks = new PubAcks(connection, inboxOf(options), PUBLISH_TIMEOUT_MS);
  }
  private readonly acks: PubAcks;

  /** Connects, checks the server, makes the streams. Throws, in words for a person, when production would not be safe. */
  static async connect(options: BusOptions): Promise<Bus> {
    const connection = await connect({
      servers: [...options.servers],
      name: options.name,
      ...(options.user ? { user: options.user, pass: options.password } : {}),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 100,
      waitOnFirstConnect: false,
      inboxPrefix: inboxOf(options),
      pingInterval: 5_000,
      maxPingOut: 2,
      // A stack for every request costs more than the request.
      noAsyncTraces: true,
    });
    const faults = options.production ? await durabilityFaults(connection, options.monitorUrl) : [];
    if (faults.length > 0) {
      await connection.close();
      throw new Error(`production does not start on this NATS server: ${faults.join('; ')}`);
    }
    const bus = new Bus(connection, jetstream(connection), await jetstreamManager(connection), options);
    await bus.ensureStreams();
    void bus.watch();
    return bus;
  }

  get context(): ContextKeeper {
    return this.options.context ?? noContext;
  }

  /** Makes the streams that are missing: at start, and when a store was lost. */
  ensureStreams(): Promise<void> {
    return ensureStreams(this.manager, this.options.limits);
  }

  /**
   * Resolves when the stream holds the event. `id` is its identity, the same however often it is told; what has the same
   * `deduplication` (the id, unless told) is stored once while the stream remembers. Rejects with
   * `InvalidPayload`, or with `NotPublished` when the stream did not say yes in time.
   */
  async publish<T extends EventType>(
    type: T,
    subject: Subject,
    payload: EventPayload<T>,
    said: { id: string; deduplication?: string; causationId?: string; correlationId?: string },
  ): Promise<void> {
    checkedEvent(type, payload);
    const now = this.context.current();
    const fields = headers();
    fields.set('Nats-Msg-Id', said.deduplication ?? said.id);
    fields.set('ce-specversion', '1.0');
    fields.set('ce-id', said.id);
    fields.set('ce-type', type);
    fields.set('ce-source', `/filodiretto/${this.options.name}`);
    fields.set('ce-time', new Date().toISOString());
    fields.set('content-type', 'application/json');
    fields.set('filodiretto-correlation-id', said.correlationId ?? now?.correlationId ?? said.id);
    const causation = said.causationId ?? now?.causationId;
    if (causation) fields.set('filodiretto-causation-id', causation);
    if (now?.traceparent) fields.set('traceparent', now.traceparent);
    const bytes = JSON.stringify(payload);
    const { stream } = EVENTS[type];
    const store = async (): Promise<void> => {
      const holder = await this.acks.publish(subject, bytes, fields);
      if (holder !== stream) throw new Error(`it was held by ${holder}, not by ${stream}`);
    };
    try {
      await store();
    } catch (first) {
      if (!(first instanceof StreamMissing)) throw new NotPublished(`${subject}: ${words(first)}`, { cause: first });
      this.options.log.warn({ subject }, 'the stream is missing: making it again');
      try {
        await this.ensureStreams();
        await store();
      } catch (second) {
        throw new NotPublished(`${subject}: ${words(second)}`, { cause: second });
      }
    }
  }

  /** Asks and awaits the answer, checked. Nothing is stored. Rejects with `NotAnswered`. */
  async ask<A extends object>(
    subject: Subject,
    question: object,
    answer: new () => A,
    said: { timeoutMs: number },
  ): Promise<A> {
    const fields = headers();
    const now = this.context.current();
    if (now) fields.set('filodiretto-correlation-id', now.correlationId);
    try {
      const message = await this.connection.request(subject, JSON.stringify(question), {
        timeout: said.timeoutMs,
        headers: fields,
      });
      const value: unknown = message.json();
      if (typeof value === 'object' && value !== null && 'fault' in value) throw new Error(String(value.fault));
      return checked(answer, value);
    } catch (error) {
      throw new NotAnswered(`${subject}: ${words(error)}`, { cause: error });
    }
  }

  /** A bucket of small values; the last one of each key is kept. Made when missing. */
  bucket(name: string): Promise<KV> {
    return new Kvm(this.jetstream).create(name, { history: 1, replicas: this.options.limits.replicas });
  }

  /** Throws when the server cannot be reached. */
  check(): void {
    if (!this.connected) throw new Error('NATS cannot be reached');
  }
  /** Whether the server is reached right now; the connection is always on its way back. */
  get connected(): boolean {
    return this.reached && !this.connection.isClosed();
  }
  /** Calls back at each reconnection: what was open before cannot be trusted. */
  onReconnect(call: () => void): void {
    this.reconnected.push(call);
  }
  private reached = true;
  private readonly reconnected: (() => void)[] = [];

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.reached = false;
        this.options.log.warn({}, 'NATS is gone: reconnecting');
      }
      if (status.type === 'reconnect') {
        this.reached = true;
        this.options.log.info({}, 'NATS is back');
        this.reconnected.forEach(call => call());
      }
    }
  }

  /** Sends what is in flight and closes. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    await this.acks.settled();
    await this.connection.drain();
  }
}

const words = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
