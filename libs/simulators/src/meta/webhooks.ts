import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from './clock.js';
import { REDELIVERY_MS } from './limits.js';

/** What the provider does wrong, until told otherwise. Counters run down to 0. */
export interface DeliveryKnobs {
  /** How many more times each webhook is sent. */
  duplicate: number;
  /** What waits together goes out last first. */
  reorder: boolean;
  /** How many items travel in one webhook, at most. */
  batch: number;
  delayMs: number;
  /** The next webhooks that are lost on the way, for ever. */
  drop: number;
  /** The next webhooks that carry a forged signature; sent once, never again. */
  badSignature: number;
}
const WELL_BEHAVED: DeliveryKnobs = {
  duplicate: 0,
  reorder: false,
  batch: 1,
  delayMs: 0,
  drop: 0,
  badSignature: 0,
};

/** One thing to tell the subscriber, before it is packed. */
export interface Notice {
  readonly object: 'whatsapp_business_account' | 'page';
  readonly entry: string;
  /** `changes`, `messaging` or `standby`: the list of the entry that it goes into. */
  readonly list: 'changes' | 'messaging' | 'standby';
  readonly item: object;
}

/** What became of one webhook. */
export interface DeliveryRecord {
  readonly object: string;
  readonly body: string;
  readonly forged: boolean;
  status: number | 'unreachable' | 'lost' | 'waiting';
  attempts: number;
}

const TOGETHER_MS = 15;
const RECORDS_MAX = 2_000;

/** Sends signed webhooks at least once, and again with back-off until they are answered 2xx. */
export class Webhooks {
  readonly knobs: DeliveryKnobs = { ...WELL_BEHAVED };
  readonly records: DeliveryRecord[] = [];
  private readonly waiting: Notice[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly idlers: (() => void)[] = [];
  private underWay = 0;
  private gathering = false;
  private closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly appSecret: string,
    /** Where each product's webhooks go; what has no address is not sent. */
    readonly targets: { whatsapp_business_account?: string; page?: string },
    private readonly retryDelaysMs: readonly number[],
  ) {}

  /** Tells the subscriber something. */
  tell(...notices: readonly Notice[]): void {
    if (this.closed) return;
    this.waiting.push(...notices);
    if (this.gathering) return;
    this.gathering = true;
    const together = this.knobs.batch > 1 || this.knobs.reorder;
    this.later(Math.max(this.knobs.delayMs, together ? TOGETHER_MS : 0), () => {
      this.gathering = false;
      this.flush();
    });
  }

  /** Resolves when nothing is under way or to be sent again. */
  idle(): Promise<void> {
    if (this.underWay === 0 && this.timers.size === 0) return Promise.resolve();
    return new Promise(resolve => this.idlers.push(resolve));
  }

  /** Sends these bytes as one webhook, signed; gives the answer's status. For recorded payloads. */
  async sendRaw(object: Notice['object'], body: string): Promise<number> {
    const target = this.targets[object];
    if (target === undefined) throw new Error(`no webhook address for ${object}`);
    return (await this.post(target, body, false)) ?? 0;
  }

  close(): void {
    this.closed = true;
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
    this.settle();
  }

  private flush(): void {
    const notices = this.waiting.splice(0);
    if (this.knobs.reorder) notices.reverse();
    for (const object of ['whatsapp_business_account', 'page'] as const) {
      const own = notices.filter(notice => notice.object === object);
      for (let at = 0; at < own.length; at += this.knobs.batch) this.send(object, own.slice(at, at + this.knobs.batch));
    }
  }

  private send(object: Notice['object'], notices: readonly Notice[]): void {
    const target = this.targets[object];
    if (target === undefined) return;
    const body = packed(object, notices, this.clock.now());
    for (let copy = 0; copy <= this.knobs.duplicate; copy += 1) {
      const forged = this.knobs.badSignature > 0;
      const record: DeliveryRecord = { object, body, forged, status: 'waiting', attempts: 0 };
      this.records.push(record);
      if (this.records.length > RECORDS_MAX) this.records.shift();
      if (forged) this.knobs.badSignature -= 1;
      if (this.knobs.drop > 0) {
        this.knobs.drop -= 1;
        record.status = 'lost';
      } else void this.attempt(target, record, this.clock.now());
    }
  }

  private async attempt(target: string, record: DeliveryRecord, since: number): Promise<void> {
    this.underWay += 1;
    record.attempts += 1;
    const status = await this.post(target, record.body, record.forged);
    record.status = status ?? 'unreachable';
    this.underWay -= 1;
    const done = status !== undefined && status >= 200 && status < 300;
    if (!done && !record.forged && !this.closed && this.clock.now() - since < REDELIVERY_MS)
      this.later(this.retryDelaysMs[Math.min(record.attempts, this.retryDelaysMs.length) - 1] ?? 60_000, () => {
        void this.attempt(target, record, since);
      });
    this.settle();
  }

  private async post(target: string, body: string, forged: boolean): Promise<number | undefined> {
    const secret = forged ? randomBytes(16) : this.appSecret;
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        },
        body,
        signal: AbortSignal.timeout(20_000),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return undefined;
    }
  }

  private later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
      this.settle();
    }, ms);
    this.timers.add(timer);
  }

  private settle(): void {
    if (this.closed || (this.underWay === 0 && this.timers.size === 0))
      this.idlers.splice(0).forEach(resolve => resolve());
  }
}

/** One webhook's bytes: entries by id, unicode and slashes escaped as the provider writes them. */
function packed(object: Notice['object'], notices: readonly Notice[], time: number): string {
  const entries = new Map<string, Record<string, unknown>>();
  for (const { entry, list, item } of notices) {
    const held = entries.get(entry) ?? { id: entry, ...(object === 'page' ? { time } : {}) };
    entries.set(entry, { ...held, [list]: [...((held[list] as object[] | undefined) ?? []), item] });
  }
  return JSON.stringify({ object, entry: [...entries.values()] })
    .replace(/[\u0080-\uffff]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\//g, '\\/');
}
