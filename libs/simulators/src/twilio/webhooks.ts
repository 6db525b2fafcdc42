import { randomUUID } from 'node:crypto';
import type { Activity } from './activity.js';
import { READ_TIMEOUT_MS, RETRIES_MAX } from './limits.js';
import { signatureOf, type Parameters } from './signature.js';
import type { Target } from './twiml.js';

/** What the provider does wrong, until told otherwise. Counters run down to 0. */
export interface PhoneKnobs {
  /** How many more times each webhook is sent. */
  duplicate: number;
  /** What is told together goes out last first; documents are still asked in their order. */
  reorder: boolean;
  /** Milliseconds before a callback leaves. */
  delayMs: number;
  /** The next callbacks that are lost on the way, for ever. */
  drop: number;
  /** The next webhooks that carry a forged signature. */
  badSignature: number;
  /** Signs with the token that is being retired. */
  oldToken: boolean;
  /** Whoever calls hangs up when they get this document, the first being 1; 0 is never. */
  hangUpAt: number;
}

/** What became of one webhook. */
export interface PhoneDelivery {
  readonly url: string;
  readonly parameters: Parameters;
  readonly kind: 'document' | 'callback';
  readonly forged: boolean;
  status: number | 'unreachable' | 'late' | 'lost' | 'waiting';
  attempts: number;
  /** What was answered. */
  answer: string;
}

/** A webhook's answer. */
export interface WebhookAnswer {
  readonly status: PhoneDelivery['status'];
  readonly body: string;
  readonly mediaType: string;
}

const TOGETHER_MS = 20;
const RECORDS_MAX = 5_000;

/** Retries and time-outs that the fragment of an address asks for. */
function policyOf(url: string): { retries: number; on: readonly string[]; readMs: number } {
  const asked = new URLSearchParams(new URL(url).hash.slice(1));
  const within = (name: string, otherwise: number, max: number): number => {
    const value = Number(asked.get(name) ?? otherwise);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, max) : otherwise;
  };
  return {
    retries: within('rc', 1, RETRIES_MAX),
    on: (asked.get('rp') ?? 'ct').split(','),
    readMs: within('rt', READ_TIMEOUT_MS, READ_TIMEOUT_MS),
  };
}

/** Whether an outcome is one that the policy sends again. */
function again(status: PhoneDelivery['status'], on: readonly string[]): boolean {
  const why =
    status === 'unreachable'
      ? 'ct'
      : status === 'late'
        ? 'rt'
        : typeof status === 'number' && status >= 400
          ? `${Math.floor(status / 100)}xx`
          : undefined;
  return why !== undefined && (on.includes(why) || on.includes('all'));
}

/** Sends signed webhooks: documents are asked, callbacks are told. */
export class PhoneWebhooks {
  readonly knobs: PhoneKnobs = {
    duplicate: 0,
    reorder: false,
    delayMs: 0,
    drop: 0,
    badSignature: 0,
    oldToken: false,
    hangUpAt: 0,
  };
  readonly records: PhoneDelivery[] = [];
  private readonly together: (() => void)[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly tokens: { readonly current: string; readonly old?: string },
    private readonly activity: Activity,
  ) {}

  /** Asks for a document. Never rejects: what went wrong is the status. */
  ask(to: Target, parameters: Parameters): Promise<WebhookAnswer> {
    return this.activity.during(this.send(to, parameters, 'document'));
  }

  /** Tells something, at most a few times; what is answered is nothing to anybody. */
  tell(to: Target, parameters: Parameters): void {
    if (this.knobs.drop > 0) {
      this.knobs.drop -= 1;
      this.record(to, parameters, 'callback', false).status = 'lost';
      return;
    }
    const work = (): void => void this.activity.during(this.send(to, parameters, 'callback'));
    if (!this.knobs.reorder) return this.knobs.delayMs > 0 ? this.later(this.knobs.delayMs, work) : work();
    this.together.push(work);
    if (this.together.length === 1)
      this.later(Math.max(this.knobs.delayMs, TOGETHER_MS), () =>
        this.together
          .splice(0)
          .reverse()
          .forEach(one => one()),
      );
  }

  close(): void {
    this.closing.abort();
  }

  private later(ms: number, work: () => void): void {
    void this.activity.during(
      new Promise<void>(resolve => {
        const timer = setTimeout(() => {
          if (!this.closing.signal.aborted) work();
          resolve();
        }, ms);
        this.closing.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
    );
  }

  private record(to: Target, parameters: Parameters, kind: PhoneDelivery['kind'], forged: boolean): PhoneDelivery {
    const record: PhoneDelivery = {
      url: to.url,
      parameters,
      kind,
      forged,
      status: 'waiting',
      attempts: 0,
      answer: '',
    };
    this.records.push(record);
    if (this.records.length > RECORDS_MAX) this.records.shift();
    return record;
  }

  private async send(to: Target, parameters: Parameters, kind: PhoneDelivery['kind']): Promise<WebhookAnswer> {
    const token = randomUUID();
    const forged = this.knobs.badSignature > 0;
    if (forged) this.knobs.badSignature -= 1;
    const copies = Array.from({ length: 1 + this.knobs.duplicate }, () =>
      this.insist(to, parameters, this.record(to, parameters, kind, forged), token),
    );
    const [first] = await Promise.all(copies);
    if (!first) throw new Error('one copy at least is sent');
    return first;
  }

  private async insist(
    to: Target,
    parameters: Parameters,
    record: PhoneDelivery,
    token: string,
  ): Promise<WebhookAnswer> {
    const { retries, on, readMs } = policyOf(to.url);
    for (;;) {
      record.attempts += 1;
      const answer = await this.once(to, parameters, record.forged, token, readMs);
      record.status = answer.status;
      record.answer = answer.body;
      if (record.attempts > retries || !again(answer.status, on) || this.closing.signal.aborted) return answer;
    }
  }

  private async once(
    to: Target,
    parameters: Parameters,
    forged: boolean,
    token: string,
    readMs: number,
  ): Promise<WebhookAnswer> {
    const url = new URL(to.url);
    url.hash = '';
    if (to.method === 'GET')
      for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
    const key = forged ? 'forged' : this.knobs.oldToken ? (this.tokens.old ?? '') : this.tokens.current;
    const timeout = AbortSignal.timeout(readMs);
    try {
      const response = await fetch(url, {
        method: to.method,
        redirect: 'error',
        headers: {
          'user-agent': 'TwilioProxy/1.1',
          'x-twilio-signature': signatureOf(key, url.href, to.method === 'GET' ? {} : parameters),
          'i-twilio-idempotency-token': token,
          ...(to.method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
        },
        ...(to.method === 'GET' ? {} : { body: new URLSearchParams(parameters).toString() }),
        signal: AbortSignal.any([timeout, this.closing.signal]),
      });
      const body = await response.text();
      return { status: response.status, body, mediaType: response.headers.get('content-type') ?? '' };
    } catch {
      // Time-outs, refused and broken connections differ only in what the policy does next.
      return { status: timeout.aborted ? 'late' : 'unreachable', body: '', mediaType: '' };
    }
  }
}
