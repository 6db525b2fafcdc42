import type { Host } from '@filodiretto/channel-kit';
import { ENDED } from '../call/state.js';
import { OneByOne } from '../one-by-one.js';
import { Refused, type Provider } from '../provider.js';
import type { Road } from '../road.js';
import { minutesToWait } from './estimate.js';
import type { Line } from './line.js';
import type { Operators, Ring } from './operators.js';

/** What the hunt needs of the world. */
export interface HuntParts {
  readonly provider: Pick<Provider, 'call' | 'endCall' | 'callStatus'>;
  readonly log: Host['log'];
  readonly road: Road;
  readonly line: Line;
  readonly operators: Operators;
  /** The number that rings the operators. */
  readonly from: string;
  /** Whether somebody answers a queue now, by the hours of the flow. */
  readonly isOpen: (queue: string) => boolean;
  readonly now: () => Date;
}

const RING_SECONDS = 25;
const LOOK_MS = 8_000;
/** A caller who waits asks for words again within a quarter of a minute: who was not heard for this long is gone. */
const UNHEARD_MS = 120_000;
/** How long after its last news a leg is asked after. */
const CHECK_MS = 60_000;

/**
 * Finds operators for those who wait, in the hours of the office: rings one for each, the longest idle first, and withdraws
 * the offer when nobody waits any more. What waits is remembered (`Line`); who is rung is found out anew after a restart.
 */
export class Hunt {
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private readonly balances = new OneByOne();
  /** When each waiting caller was last heard. Milliseconds. */
  private readonly heard = new Map<string, number>();
  private readonly claimsChecked = new Map<string, number>();
  private readonly startedAt: number;

  constructor(private readonly parts: HuntParts) {
    this.startedAt = parts.now().getTime();
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }
  /** Nobody is rung any more. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  /** Looks after all queues: lets go of who is gone, and of offers whose end was never told; rings for the others. */
  async look(): Promise<void> {
    for (const queue of this.parts.operators.queues) {
      try {
        await this.dropUnheard(queue);
        await this.checkClaims(queue);
      } catch (error) {
        this.parts.log.warn({ queue, err: error }, 'a queue could not be looked after');
      }
    }
    await this.checkRings();
    await Promise.all(this.parts.operators.queues.map(queue => this.seek(queue)));
  }

  /** Somebody begins to wait, or goes on waiting. */
  async join(queue: string, call: string, since: string): Promise<void> {
    this.heardOf(call);
    await this.parts.line.join(queue, call, since);
    void this.seek(queue);
  }
  heardOf(call: string): void {
    this.heard.set(call, this.now);
  }
  async leave(queue: string, call: string): Promise<void> {
    this.heard.delete(call);
    await this.parts.line.leave(queue, call);
    void this.seek(queue);
  }

  /** Minutes until somebody at a position of a queue is answered, when it can be told. */
  async minutes(queue: string, position: number): Promise<number | undefined> {
    if (!this.parts.isOpen(queue)) return undefined;
    return minutesToWait(position, await this.parts.line.mean(queue), this.parts.operators.active(queue));
  }

  /** An operator's telephone is free again: what it held waits again. */
  async ended(operator: string, queue: string, leg: string): Promise<void> {
    this.parts.operators.end(operator, { leg });
    await this.parts.line.release(queue, leg);
    void this.seek(queue);
  }

  /** Rings as many operators as there are people who wait for them, and no more. */
  async seek(queue: string): Promise<void> {
    try {
      await this.balances.run(queue, () => this.balance(queue));
    } catch (error) {
      this.parts.log.warn({ queue, err: error }, 'no operator could be rung');
    }
  }

  private async balance(queue: string): Promise<void> {
    if (this.stopped) return;
    const { operators, line, isOpen } = this.parts;
    const demand = isOpen(queue) ? await line.demand(queue) : 0;
    const offered = operators.offered(queue);
    if (demand < offered.length) {
      await Promise.all(offered.slice(demand).map(ring => this.withdraw(ring)));
      return;
    }
    const rung = operators.idle(queue).slice(0, demand - offered.length);
    await Promise.all(rung.map(operator => this.ring(operator, queue)));
  }

  private async ring(operator: string, queue: string): Promise<void> {
    const { operators, provider, road, from, log } = this.parts;
    operators.begin(operator, queue);
    try {
      const leg = await provider.call({
        to: operator,
        from,
        url: road.document('/voice/operator', { queue, operator }),
        statusCallback: road.news('/voice/operator-status', { operator, queue }),
        timeoutSeconds: RING_SECONDS,
      });
      operators.began(operator, leg);
    } catch (error) {
      operators.end(operator);
      log[error instanceof Refused ? 'warn' : 'error']({ queue, err: error }, 'an operator could not be rung');
    }
  }
  private async withdraw({ operator, leg }: Ring): Promise<void> {
    if (leg === undefined) return;
    this.parts.operators.end(operator, { leg, withdrawn: true });
    try {
      await this.parts.provider.endCall(leg);
    } catch (error) {
      this.parts.log.warn({ err: error }, 'an offer to an operator could not be withdrawn');
    }
  }

  private async dropUnheard(queue: string): Promise<void> {
    for (const { call, claim } of await this.parts.line.waiting(queue))
      if (!claim && this.now - (this.heard.get(call) ?? this.startedAt) > UNHEARD_MS) await this.leave(queue, call);
  }
  private async checkRings(): Promise<void> {
    for (const { operator, queue, leg = '' } of this.parts.operators.unheard(CHECK_MS)) {
      this.parts.operators.checked(operator);
      if (await this.isOver(leg)) await this.ended(operator, queue, leg);
    }
  }
  /** Claims that outlived the process that gave them. */
  private async checkClaims(queue: string): Promise<void> {
    const { line, operators } = this.parts;
    const claims = [...(await line.waiting(queue)), ...(await line.callbacks(queue))].flatMap(one => one.claim ?? []);
    for (const { leg, at } of claims) {
      const since = this.claimsChecked.get(leg) ?? Date.parse(at);
      if (operators.has(leg) || this.now - since < CHECK_MS) continue;
      this.claimsChecked.set(leg, this.now);
      if (!(await this.isOver(leg))) continue;
      this.claimsChecked.delete(leg);
      await line.release(queue, leg);
    }
  }
  private async isOver(leg: string): Promise<boolean> {
    try {
      const status = await this.parts.provider.callStatus(leg);
      return status === undefined || ENDED.has(status);
    } catch (error) {
      this.parts.log.warn({ err: error }, 'the provider does not say how a call of an operator stands');
      return false;
    }
  }
  private get now(): number {
    return this.parts.now().getTime();
  }
}
