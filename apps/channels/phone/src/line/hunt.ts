import type { Host, State } from '@filodiretto/channel-kit';
import { Refused, type Provider } from '../provider.js';
import type { Road } from '../call/twiml.js';
import { meanAfter, minutesToWait } from './estimate.js';

/** Somebody who asked to be called back: the place in the queue is that of when the waiting began. */
export interface CallbackWork {
  readonly call: string;
  readonly queue: string;
  readonly number: string;
  readonly account: string;
  /** When the waiting began: a failed attempt keeps it. */
  readonly since: string;
  readonly tries: number;
}
/** Somebody who waits in a queue. */
interface Waiting {
  readonly call: string;
  readonly since: string;
}

const RING_SECONDS = 25;
const AGAIN_MS = 8_000;
const CALLBACK_TRIES = 5;

/**
 * Finds operators for those who wait: rings one for each, the longest idle first; who does not answer is tried again after
 * the others. Callers and callbacks are one queue, in the order in which the waiting began. What waits is remembered; who is
 * being rung is not: after a restart it is found out anew.
 */
export class Hunt {
  private readonly busy = new Map<string, string>();
  private readonly idleSince = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly provider: Provider,
    private readonly host: Host,
    private readonly road: Road,
    private readonly operators: ReadonlyMap<string, readonly string[]>,
    /** The number that rings the operators. */
    private readonly from: string,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.seek(), AGAIN_MS);
  }
  stop(): void {
    clearInterval(this.timer);
  }

  async join(queue: string, call: string, since: string): Promise<void> {
    await this.state.set(`waiting/${queue}/${call}`, { call, since } satisfies Waiting);
    this.seek();
  }
  async leave(queue: string, call: string): Promise<void> {
    await this.state.delete(`waiting/${queue}/${call}`);
  }
  async askCallback(work: CallbackWork): Promise<void> {
    await this.state.set(`callback/${work.queue}/${work.call}`, work);
    this.seek();
  }
  async callback(queue: string, call: string): Promise<CallbackWork | undefined> {
    return this.state.get<CallbackWork>(`callback/${queue}/${call}`);
  }
  /** The callback was answered, or failed once more. */
  async calledBack(work: CallbackWork, answered: boolean): Promise<void> {
    const key = `callback/${work.queue}/${work.call}`;
    if (answered || work.tries + 1 >= CALLBACK_TRIES) await this.state.delete(key);
    else await this.state.set(key, { ...work, tries: work.tries + 1 } satisfies CallbackWork);
  }

  /** What an operator who accepted should be joined with: the first of callers and callbacks. */
  async first(queue: string): Promise<'caller' | CallbackWork | undefined> {
    const [waiting, callbacks] = [
      await this.all<Waiting>(`waiting/${queue}/`),
      await this.all<CallbackWork>(`callback/${queue}/`),
    ];
    const [caller, callback] = [earliest(waiting), earliest(callbacks)];
    if (callback && (!caller || callback.since < caller.since)) return callback;
    return caller ? 'caller' : undefined;
  }

  /** Minutes until somebody at a position of a queue is answered, when it can be told. */
  async minutes(queue: string, position: number): Promise<number | undefined> {
    return minutesToWait(position, await this.state.get<number>(`mean/${queue}`), this.operatorsOf(queue).length);
  }
  async talked(queue: string, seconds: number): Promise<void> {
    await this.state.set(`mean/${queue}`, meanAfter(await this.state.get<number>(`mean/${queue}`), seconds));
  }
  /** The operator's telephone is free again. */
  free(operator: string): void {
    this.busy.delete(operator);
    this.idleSince.set(operator, Date.now());
    this.seek();
  }

  /** Rings as many operators as there are people who wait for them. */
  private seek(): void {
    for (const queue of this.operators.keys())
      this.ringFor(queue).catch((error: unknown) =>
        this.host.log.error({ queue, err: error }, 'no operator could be rung'),
      );
  }

  private async ringFor(queue: string): Promise<void> {
    const waiting =
      (await this.state.keys(`waiting/${queue}/`)).length + (await this.state.keys(`callback/${queue}/`)).length;
    const ringing = [...this.busy.values()].filter(one => one === queue).length;
    const idle = this.operatorsOf(queue)
      .filter(one => !this.busy.has(one))
      .sort((a, b) => (this.idleSince.get(a) ?? 0) - (this.idleSince.get(b) ?? 0));
    for (const operator of idle.slice(0, Math.max(0, waiting - ringing))) {
      this.busy.set(operator, queue);
      try {
        await this.provider.call({
          to: operator,
          from: this.from,
          url: this.road.url('/voice/operator', { queue, operator }),
          statusCallback: this.road.url('/voice/operator-status', { operator, queue }),
          timeoutSeconds: RING_SECONDS,
        });
      } catch (error) {
        this.busy.delete(operator);
        this.idleSince.set(operator, Date.now());
        this.host.log[error instanceof Refused ? 'warn' : 'error'](
          { queue, err: error },
          'an operator could not be rung',
        );
      }
    }
  }

  private operatorsOf(queue: string): readonly string[] {
    return this.operators.get(queue) ?? [];
  }
  private async all<T>(prefix: string): Promise<T[]> {
    const found = await Promise.all((await this.state.keys(prefix)).map(key => this.state.get<T>(key)));
    return found.filter(one => one !== undefined);
  }
  private get state(): State {
    return this.host.state;
  }
}

const earliest = <T extends { readonly since: string }>(items: readonly T[]): T | undefined =>
  items.toSorted((a, b) => a.since.localeCompare(b.since))[0];
