import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

/** No stream listens to the subject: it was never made, or it was lost. */
export class StreamMissing extends Error {}

interface Waiting {
  readonly until: number;
  readonly resolve: (stream: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Publishes to JetStream and hears what the streams say. All acknowledgements come by one subscription and are timed by one
 * clock, so that many may be on their way at once at little cost.
 */
export class PubAcks {
  private readonly inbox: string;
  private readonly waiting = new Map<string, Waiting>();
  private count = 0;
  private clock?: NodeJS.Timeout;
  private calm: () => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix: string,
    private readonly timeoutMs: number,
  ) {
    this.inbox = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.inbox}*`, {
      callback: (error, message) => {
        if (!error) this.hear(message);
      },
    });
  }

  /**
   * Resolves to the name of the stream that holds the message, durably by its own settings. Rejects with `StreamMissing`, with
   * the stream's refusal, or after the time-out: then it may or may not be held.
   */
  publish(subject: string, bytes: string, headers: MsgHdrs): Promise<string> {
    return new Promise((resolve, reject) => {
      this.count += 1;
      const token = this.count.toString(36);
      this.connection.publish(subject, bytes, { reply: this.inbox + token, headers });
      this.waiting.set(token, { until: performance.now() + this.timeoutMs, resolve, reject });
      this.clock ??= this.clockFor(this.timeoutMs);
    });
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    if (this.waiting.size > 0) await new Promise<void>(resolve => (this.calm = resolve));
  }

  private hear(message: Msg): void {
    const one = this.take(message.subject.slice(this.inbox.length));
    if (!one) return;
    try {
      one.resolve(streamOf(message));
    } catch (error) {
      one.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private take(token: string): Waiting | undefined {
    const one = this.waiting.get(token);
    this.waiting.delete(token);
    if (this.waiting.size === 0) this.calm();
    return one;
  }

  private clockFor(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.expire(), ms).unref();
  }

  /** They wait equally long: the oldest are the first in the map. */
  private expire(): void {
    this.clock = undefined;
    const now = performance.now();
    for (const [token, { until }] of this.waiting) {
      if (until > now) {
        this.clock = this.clockFor(Math.ceil(until - now));
        return;
      }
      this.take(token)?.reject(new Error(`the stream said nothing within ${this.timeoutMs} ms`));
    }
  }
}

/** What the server says of one publication; throws when it is no yes. */
function streamOf(message: Msg): string {
  if (message.data.length === 0 && message.headers?.code === 503) throw new StreamMissing('no stream answers');
  const said = message.json<{ stream?: string; error?: { err_code?: number; description?: string } }>();
  if (said.error) {
    const { err_code: code, description } = said.error;
    const words = `${description ?? 'refused'} (${code ?? 'no code'})`;
    throw code === STREAM_NOT_FOUND ? new StreamMissing(words) : new Error(words);
  }
  if (!said.stream) throw new Error('the acknowledgement names no stream');
  return said.stream;
}

const STREAM_NOT_FOUND = 10_059;
