import type { Schemas } from './client.js';

/** What the stream tells, by the name of its event. */
export interface Told {
  readonly 'case.changed': Schemas['CaseChanged'];
  readonly 'message.changed': Schemas['MessageChanged'];
  readonly 'offer.changed': Schemas['OfferChanged'];
  readonly 'view.counted': Schemas['ViewCounts'];
}

export interface StreamEvent {
  readonly name: string;
  readonly id?: string;
  readonly data: unknown;
}

/** `again`: open once more after a break; what is not told again is to be read anew. */
export type Connection = 'connecting' | 'open' | 'lost' | 'over';

export interface Listener {
  event(event: StreamEvent): void;
  connection(now: Connection): void;
}

const LOCK = 'filodiretto-stream';
const SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

type Passed =
  | { readonly type: 'event'; readonly event: StreamEvent }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'asked' };

/**
 * Follows the stream of the API for all pages of this browser: one of them holds the connection and tells the others, and another goes on
 * from the last event when it is closed. Never gives up, but when the session is over.
 */
export class Live {
  private readonly channel = new BroadcastChannel(LOCK);
  private readonly over = new AbortController();
  private connection: Connection = 'connecting';
  private leading = false;
  private lastId: string | undefined;
  private again: () => void = () => undefined;

  constructor(private readonly listener: Listener) {
    this.channel.onmessage = ({ data }: MessageEvent<Passed>) => this.heard(data);
    this.channel.postMessage({ type: 'asked' } satisfies Passed);
    globalThis.addEventListener('online', this.hurry);
    void this.lead();
  }

  close(): void {
    this.over.abort();
    this.channel.close();
    globalThis.removeEventListener('online', this.hurry);
  }

  /** Connects now instead of waiting for the next try. */
  readonly hurry = (): void => this.again();

  private heard(passed: Passed): void {
    if (passed.type === 'event') this.tell(passed.event);
    else if (passed.type === 'connection') this.say(passed.connection);
    else if (this.leading) this.pass({ type: 'connection', connection: this.connection });
  }

  private pass(passed: Passed): void {
    if (!this.over.signal.aborted) this.channel.postMessage(passed);
  }

  private tell(event: StreamEvent): void {
    if (event.id !== undefined) this.lastId = event.id;
    this.listener.event(event);
  }

  private say(connection: Connection): void {
    if (this.connection === connection) return;
    this.connection = connection;
    this.listener.connection(connection);
  }

  private async lead(): Promise<void> {
    const locks = 'locks' in navigator ? navigator.locks : undefined;
    if (!locks) return this.follow();
    await locks
      .request(LOCK, { signal: this.over.signal }, () => this.follow())
      .catch((fault: unknown) => {
        if (!this.over.signal.aborted) throw fault;
      });
  }

  private async follow(): Promise<void> {
    this.leading = true;
    for (let failures = 0; !this.over.signal.aborted; failures += 1) {
      const ended = await this.read(() => {
        failures = 0;
        this.sayToAll('open');
      });
      if (ended === 'over') return this.sayToAll('over');
      if (this.over.signal.aborted) return;
      this.sayToAll('lost');
      await this.pause(
        Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 4)) * (0.5 + Math.random() / 2),
      );
    }
  }

  private sayToAll(connection: Connection): void {
    if (this.over.signal.aborted) return;
    this.say(connection);
    this.pass({ type: 'connection', connection });
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.again = () => {
        clearTimeout(timer);
        resolve();
      };
      this.over.signal.addEventListener('abort', this.again, { once: true });
    });
  }

  /** One connection, until it breaks. */
  private async read(opened: () => void): Promise<'broken' | 'over'> {
    const closing = new AbortController();
    const close = (): void => closing.abort();
    this.over.signal.addEventListener('abort', close, { once: true });
    globalThis.addEventListener('offline', close);
    let watch = setTimeout(close, SILENCE_MS);
    try {
      const response = await fetch('/api/stream', {
        signal: closing.signal,
        cache: 'no-store',
        headers: {
          accept: 'text/event-stream',
          ...(this.lastId === undefined ? {} : { 'last-event-id': this.lastId }),
        },
      });
      if (response.status === 401) return 'over';
      // A place that the stream no longer knows: it begins now, and everything is read anew.
      if (response.status === 400) this.lastId = undefined;
      if (!response.ok || !response.body) return 'broken';
      opened();
      for await (const event of eventsOf(response.body, () => {
        clearTimeout(watch);
        watch = setTimeout(close, SILENCE_MS);
      })) {
        this.tell(event);
        this.pass({ type: 'event', event });
      }
      return 'broken';
    } catch {
      // Why a connection broke is the same to whoever waits for it to heal.
      return 'broken';
    } finally {
      clearTimeout(watch);
      closing.abort();
      this.over.signal.removeEventListener('abort', close);
      globalThis.removeEventListener('offline', close);
    }
  }
}

/** The events of a stream, as they come; `alive` is called for every sign of life, also a comment. */
export async function* eventsOf(body: ReadableStream<Uint8Array>, alive: () => void): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) yield event;
    }
  }
}

function eventOf(block: string): StreamEvent | undefined {
  const said = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) said.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const name = said.get('event');
  const data = said.get('data');
  if (name === undefined || data === undefined) return undefined;
  const id = said.get('id');
  return { name, data: JSON.parse(data) as unknown, ...(id === undefined ? {} : { id }) };
}
