import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Inject, type Type } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { subjects, token, type Bus, type ConsumerExtras, type Delivery } from '@filodiretto/bus';
import {
  AskConnections,
  ClaimAnswer,
  FetchAgain,
  ReadAgain,
  type ConnectionCheck,
  type ConnectionsAnswer,
  type Done,
  type Outbound,
} from '@filodiretto/contracts';
import { faultPoint, newId, type Logger, type Metrics } from '@filodiretto/platform';
import type { SendOutcome, Session } from './contract.js';
import type { ChannelHost } from './host.js';
import type { MediaFetcher } from './media.js';

const SEND_TIMEOUT_MS = 60_000;
/** Waits before asking again a provider that said "too fast": certainly not sent, so the same attempt may go on. */
const RATE_WAITS_MS = [1_000, 5_000, 30_000, 120_000];
/** Waits before the house is asked or told again. */
const HOUSE_WAITS_MS = [200, 500, 1_000, 2_000, 5_000];

export const SENDER = Symbol('sender');
export const CONNECTIONS = Symbol('connections');
/** Asks the other sides of some accounts whether they are connected. */
export type Connections = (accounts: readonly string[]) => Promise<ConnectionCheck[]>;

/** Carries out orders: the right to call is claimed at the core first, so that no order is ever carried out twice. */
export class Sender {
  private readonly chains = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly outcomes;

  constructor(
    private readonly bus: Bus,
    private readonly session: Session,
    private readonly host: ChannelHost,
    private readonly media: MediaFetcher,
    private readonly log: Logger,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter('sends_total', 'Orders carried out, by outcome', ['outcome']);
  }

  /** Ends every wait: what only waited is left to the next process, what was sent is still told if the house can hear it. */
  close(): void {
    this.stopping.abort();
  }

  /** Orders to one conversation keep their order, also while the house is away; conversations go side by side. */
  async order(delivery: Delivery): Promise<void> {
    if (!delivery.is('message.queued.v1') || !delivery.valid) {
      this.log.error(
        { event: delivery.id, because: delivery.invalid ?? 'not an order' },
        'an order cannot be read: the core finds it without a result',
      );
      return;
    }
    const message = delivery.data;
    const key = `${message.account} ${message.conversation}`;
    const mine = (this.chains.get(key) ?? Promise.resolve()).then(
      () => this.carryOut(message),
      () => this.carryOut(message),
    );
    this.chains.set(key, mine);
    try {
      await mine;
    } finally {
      if (this.chains.get(key) === mine) this.chains.delete(key);
    }
  }

  async readAgain(asked: ReadAgain): Promise<Done> {
    try {
      await this.host.readAgain(asked.reception);
      return { done: true };
    } catch (error) {
      return { done: false, detail: words(error) };
    }
  }

  async fetchAgain(asked: FetchAgain): Promise<Done> {
    try {
      await this.media.fetchAgain(asked);
      return { done: true };
    } catch (error) {
      return { done: false, detail: words(error) };
    }
  }

  private async carryOut(message: Outbound): Promise<void> {
    // The house may grant it and die before it answers: whoever asks again by the same name has called nobody yet.
    const asked = { message: message.id, attempt: message.attempt, claimant: newId() };
    const claim = await this.insisting(message, () =>
      this.bus.ask(subjects.ask('claim'), asked, ClaimAnswer, { timeoutMs: 5_000 }),
    );
    if (!claim.granted && claim.state !== 'sending') return;
    const outcome = claim.granted
      ? await this.send(message)
      : // Somebody claimed this attempt and nobody said how it ended: never sent again blindly.
        ((await this.settle(message)) ?? { kind: 'unknown', detail: 'the process ended while it was being sent' });
    this.outcomes.inc({ outcome: outcome.kind });
    await this.insisting(message, () => this.report(message, outcome));
  }

  /** Does it again until the house answers: neither an order behind this one nor what is already known overtakes it. */
  private async insisting<T>(message: Outbound, work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (this.stopping.signal.aborted) throw error;
        this.log.warn({ message: message.id, attempt, err: error }, 'the house is away: an order waits for it');
        await this.pause(HOUSE_WAITS_MS[Math.min(attempt, HOUSE_WAITS_MS.length - 1)] ?? 0);
      }
    }
  }

  private async send(message: Outbound): Promise<SendOutcome | Unknown> {
    faultPoint('channel.before-send');
    for (let attempt = 0; ; attempt += 1) {
      let outcome: SendOutcome;
      try {
        outcome = await within(SEND_TIMEOUT_MS, this.session.send(message));
      } catch (error) {
        this.log.error({ message: message.id, err: error }, 'nobody knows whether the message was sent');
        return (await this.settle(message)) ?? { kind: 'unknown', detail: words(error) };
      }
      faultPoint('channel.after-send');
      const wait = RATE_WAITS_MS[attempt];
      if (outcome.kind !== 'refused' || outcome.reason !== 'rate_limited' || wait === undefined) return outcome;
      await this.pause(wait);
      if (this.stopping.signal.aborted) return outcome;
    }
  }

  private async settle(message: Outbound): Promise<SendOutcome | undefined> {
    try {
      return await this.session.settle?.(message);
    } catch (error) {
      this.log.warn({ message: message.id, err: error }, 'the provider could not say what became of the message');
      return undefined;
    }
  }

  private async pause(ms: number): Promise<void> {
    // It rejects only when the channel stops.
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async report(message: Outbound, outcome: SendOutcome | Unknown): Promise<void> {
    const about = {
      account: message.account,
      conversation: message.conversation,
      message: message.id,
      attempt: message.attempt,
      at: new Date().toISOString(),
    };
    const detail = outcome.detail ? { detail: outcome.detail.slice(0, 2_000) } : {};
    if (outcome.kind === 'accepted')
      await this.host.report({ ...about, ...detail, state: 'accepted', externalId: outcome.externalId });
    else if (outcome.kind === 'refused')
      await this.host.report({ ...about, ...detail, state: 'failed', reason: outcome.reason });
    else await this.host.report({ ...about, ...detail, state: 'unknown' });
  }
}

interface Unknown {
  readonly kind: 'unknown';
  readonly detail: string;
}
const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)) || 'no reason was given';

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1_000} seconds`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
};

/** The bus's handlers of one channel: its orders, and what the core asks of it. */
export function senderController(channel: string): Type<unknown> {
  const orders: ConsumerExtras = { stream: 'OUT', durable: `channel-${token(channel)}`, concurrency: 8 };

  @Controller()
  class SenderController {
    constructor(
      @Inject(SENDER) private readonly sender: Sender,
      @Inject(CONNECTIONS) private readonly connections: Connections,
    ) {}

    @EventPattern<string>(`crm.out.${token(channel)}.*.message`, orders)
    order(delivery: Delivery): Promise<void> {
      return this.sender.order(delivery);
    }
    @MessagePattern(subjects.askChannel(channel, 'read-again'), { question: ReadAgain })
    readAgain(asked: ReadAgain): Promise<Done> {
      return this.sender.readAgain(asked);
    }
    @MessagePattern(subjects.askChannel(channel, 'fetch-again'), { question: FetchAgain })
    fetchAgain(asked: FetchAgain): Promise<Done> {
      return this.sender.fetchAgain(asked);
    }
    @MessagePattern(subjects.askChannel(channel, 'check-connections'), { question: AskConnections })
    async checkConnections({ accounts }: AskConnections): Promise<ConnectionsAnswer> {
      return { items: await this.connections(accounts) };
    }
  }
  return SenderController;
}
