import type { Host } from '@filodiretto/channel-kit';
import type { Presence } from './presence.js';
import { conversationIn, keyOf, since, type Remembered } from './record.js';

const LOOK_EVERY_MS = 1_500;
/** A line through which nothing passes is cut by proxies; what was told while this process did not hear is found with it. */
const BEAT_EVERY_MS = 15_000;
/** What could not be read is read again after about so long. */
const AGAIN_MS = 2_000;
/** Pages of one conversation that listen at once: whoever opens more in one browser closes those that were opened first. */
const MOST_PAGES = 20;
/** Bytes that a page may leave unread before it is let go: it comes back from where it was. */
const MOST_UNREAD = 1_000_000;

/** One page that listens. */
interface Listener {
  readonly conversation: string;
  seq: number;
  told: string;
  writing: boolean;
  write(text: string): void;
  end(): void;
}

/** The pages that listen to this process, and what each is told: lines in order, each once; who is there and who writes, for the moment. */
export class Listeners {
  private readonly open = new Map<string, Set<Listener>>();
  /** Conversations that are being read for their pages, and whether they must be read again after it. */
  private readonly reading = new Map<string, { again: boolean }>();
  private stopped = false;

  constructor(
    private readonly host: Host,
    private readonly presence: Presence,
    private readonly most: number,
  ) {}

  get full(): boolean {
    return this.stopped || this.count >= this.most;
  }

  /** Answers a page that has everything up to a line: all the rest at once, and then what comes. */
  stream(conversation: string, seq: number): Response {
    const encoder = new TextEncoder();
    let listener: Listener | undefined;
    let ended = false;
    const body = new ReadableStream<Uint8Array>(
      {
        start: controller => {
          listener = {
            conversation,
            seq,
            told: '',
            writing: false,
            write: text => {
              if (ended) return;
              controller.enqueue(encoder.encode(text));
              if ((controller.desiredSize ?? 0) < 0) listener?.end();
            },
            end: () => {
              if (ended) return;
              ended = true;
              if (listener) this.forget(listener);
              controller.close();
            },
          };
          this.add(listener);
          listener.write('retry: 2000\n\n');
          this.tellMoment(listener, false);
          void this.presence.now().then(() => listener && this.tellMoment(listener, listener.writing));
          this.changed(keyOf(conversation));
        },
        cancel: () => {
          ended = true;
          if (listener) this.forget(listener);
        },
      },
      { highWaterMark: MOST_UNREAD, size: chunk => chunk.byteLength },
    );
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    });
  }

  /** Something was written under a key, by whichever process. */
  changed(key: string): void {
    const conversation = conversationIn(key);
    if (conversation === undefined || !this.open.has(conversation)) return;
    const underway = this.reading.get(conversation);
    if (underway) {
      underway.again = true;
      return;
    }
    const reading = { again: false };
    this.reading.set(conversation, reading);
    void this.catchUp(conversation, reading);
  }

  /** Until the signal: tells who is there and who writes. Rejects when it can no longer hear what is written. */
  async work(signal: AbortSignal): Promise<void> {
    // What was written while nobody heard.
    this.beat();
    let isLooking = false;
    const look = async (): Promise<void> => {
      // A core that is slow to answer is not asked again meanwhile, and its old answer does not overtake a new one.
      if (isLooking) return;
      isLooking = true;
      await this.look().finally(() => (isLooking = false));
    };
    const looking = setInterval(() => void look(), LOOK_EVERY_MS);
    const beating = setInterval(() => this.beat(), BEAT_EVERY_MS);
    const hearing = new AbortController();
    const stop = (): void => {
      this.stopped = true;
      hearing.abort();
      this.endAll();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      await this.host.state.watch(key => this.changed(key), hearing.signal);
    } finally {
      clearInterval(looking);
      clearInterval(beating);
      signal.removeEventListener('abort', stop);
    }
  }

  endAll(): void {
    for (const pages of [...this.open.values()]) for (const page of [...pages]) page.end();
  }

  private async catchUp(conversation: string, reading: { again: boolean }): Promise<void> {
    try {
      do {
        reading.again = false;
        const remembered = await this.host.state.get<Remembered>(keyOf(conversation));
        for (const page of this.open.get(conversation) ?? [])
          for (const line of since(remembered, page.seq)) {
            page.seq = line.seq;
            page.write(`id: ${line.seq}\nevent: line\ndata: ${JSON.stringify(line)}\n\n`);
          }
      } while (reading.again);
    } catch (error) {
      // Pages that were let go would all come back at once, again and again as long as the house is away: it is read again behind them.
      this.host.log.warn({ err: error }, 'a conversation could not be read for its pages');
      this.again(conversation);
    } finally {
      this.reading.delete(conversation);
    }
  }

  /** Not all of them in the same moment. */
  private again(conversation: string): void {
    if (this.stopped) return;
    setTimeout(() => this.changed(keyOf(conversation)), AGAIN_MS * (0.5 + Math.random())).unref();
  }

  private async look(): Promise<void> {
    if (this.open.size === 0 && !this.presence.anybodyWrites) return;
    const writing = await this.presence.look([...this.open.keys()]);
    if (!writing) return;
    for (const [conversation, pages] of this.open)
      for (const page of [...pages]) this.tellMoment(page, writing.has(conversation));
  }

  private tellMoment(page: Listener, writing: boolean): void {
    const attendance = JSON.stringify(this.presence.last);
    if (attendance !== undefined && attendance !== page.told) {
      page.told = attendance;
      page.write(`event: attendance\ndata: ${attendance}\n\n`);
    }
    if (writing === page.writing) return;
    page.writing = writing;
    page.write(`event: writing\ndata: ${JSON.stringify({ writing })}\n\n`);
  }

  private beat(): void {
    for (const [conversation, pages] of this.open) {
      for (const page of [...pages]) page.write(': here\n\n');
      this.changed(keyOf(conversation));
    }
  }

  private add(page: Listener): void {
    const pages = this.open.get(page.conversation) ?? new Set();
    pages.add(page);
    this.open.set(page.conversation, pages);
    const [first] = pages;
    if (pages.size > MOST_PAGES) first?.end();
  }
  private forget(page: Listener): void {
    const pages = this.open.get(page.conversation);
    pages?.delete(page);
    if (pages?.size === 0) this.open.delete(page.conversation);
  }
  private get count(): number {
    let count = 0;
    for (const pages of this.open.values()) count += pages.size;
    return count;
  }
}
