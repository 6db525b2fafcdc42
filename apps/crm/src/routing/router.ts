import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { faultPoint, Metrics, type Logger } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { isConflict, isSystemFault, wordsOf } from '../faults.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { isRefused } from '../refused.js';
import type { MadeOffer } from './claim.js';
import { Dispatcher } from './dispatcher.js';
import type { OfferingQueue } from './waiting.js';
import { Offers } from './offers.js';
import { Presences } from './presences.js';

/** Without anything new, how often queues and leases are looked at. */
const SWEEP_MS = 1_000;
/** How many transactions give work side by side, and how many queues each looks at. */
const AT_ONCE = 4;
const TOGETHER = 5;
/** Rounds begin no closer to each other: what comes meanwhile is looked at together. */
const GATHER_MS = 20;
/** After losing a row to another process, how long to wait before looking again. */
const AGAIN_MS = 20;

/**
 * Gives out work as soon as there is some and somebody for it. It remembers nothing: any number of processes may run one, and
 * each may die at any moment.
 */
@Injectable()
export class Router implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private wake: () => void = () => undefined;
  private nudged = false;
  private stopped = false;
  private sweptAt = 0;
  private begunAt = -Infinity;
  private running: Promise<void> = Promise.resolve();
  private deaf: () => void = () => undefined;
  private readonly made;
  private readonly seconds;

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Presences) private readonly presences: Presences,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.made = metrics.counter('routing_offers_total', 'Work offered to operators');
    this.seconds = metrics.histogram('routing_round_seconds', 'Time to look at all queues once');
  }

  onApplicationBootstrap(): void {
    // Whatever commits wakes the relay: it may have brought work, or freed somebody.
    this.deaf = this.relay.onNudge(() => this.nudge());
    this.running = this.run();
  }
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.deaf();
    this.wake();
    await this.running;
  }

  /** Says that work came or somebody is free: queues are looked at now instead of at the next sweep. */
  nudge(): void {
    this.nudged = true;
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.nudged = false;
      this.begunAt = performance.now();
      let pause = SWEEP_MS;
      try {
        if (await this.round()) pause = AGAIN_MS;
      } catch (error) {
        if (!isConflict(error) && !this.stopped)
          this.log.error({ err: error, system: isSystemFault(error) }, 'a round of routing broke off: starting again');
      }
      if (!this.stopped) await this.rest(pause);
    }
  }

  /** One look at everything. True when another process was in the way and there may be more to do. */
  async round(): Promise<boolean> {
    const stop = this.seconds.startTimer();
    try {
      if (Date.now() - this.sweptAt >= SWEEP_MS) {
        this.sweptAt = Date.now();
        await this.sweep();
      }
      let again = false;
      const queues = await this.dispatcher.queues();
      const worker = async (): Promise<void> => {
        for (let some = queues.splice(0, TOGETHER); some.length > 0; some = queues.splice(0, TOGETHER))
          again = (await this.give(some)) || again;
      };
      const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
      return again;
    } finally {
      stop();
    }
  }

  private async give(queues: readonly OfferingQueue[]): Promise<boolean> {
    const { offers, again } = await this.dispatcher.give(queues);
    this.made.inc(offers.length);
    if (offers.length > 0) this.relay.nudge();
    await this.acceptAll(offers.filter(({ queue }) => queue.settings.autoAccept));
    return again;
  }

  private async sweep(): Promise<void> {
    await this.presences.sweep();
    let changed = 0;
    for (let more = 1; more > 0 && !this.stopped;) {
      more = await this.dispatcher.takeBack();
      changed += more;
    }
    if (changed > 0) faultPoint('routing.taken-back');
    changed += await this.presences.handOver();
    for (let more = 1; more > 0 && !this.stopped;) more = await this.dispatcher.relax();
    if (changed > 0) this.relay.nudge();
  }

  /** Accepts on behalf of operators whose queue asks them nothing. What dies before is accepted by nobody and lapses. */
  private async acceptAll(offers: readonly MadeOffer[]): Promise<void> {
    for (const { id, operator, queue } of offers)
      try {
        await this.dataSource.transaction(async manager => {
          const accepted = await this.offers.accept(
            manager,
            { id: operator, administrationId: queue.administrationId },
            id,
            id,
          );
          if (isRefused(accepted)) throw new NotAccepted(accepted.detail);
        });
      } catch (error) {
        if (!(error instanceof NotAccepted) && !isConflict(error)) throw error;
        this.log.warn({ offer: id, because: wordsOf(error) }, 'an offer was not accepted by itself');
      }
    if (offers.length > 0) this.relay.nudge();
  }

  private rest(milliseconds: number): Promise<void> {
    if (this.nudged)
      return new Promise(resolve => setTimeout(resolve, Math.max(0, this.begunAt + GATHER_MS - performance.now())));
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class NotAccepted extends Error {}
