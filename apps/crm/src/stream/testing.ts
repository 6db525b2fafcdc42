import type { TestOperator } from '../http/rest-testing.js';

/** An event of the stream, as it was told. */
export interface HeardEvent<Data = unknown> {
  readonly name: string;
  readonly data: Data;
  /** When it was read, by `performance.now()`. */
  readonly at: number;
}

/** Listens to the stream for a test from when it is opened, and keeps every event of one name. */
export class EventReader {
  private readonly all: HeardEvent[] = [];
  private taken = 0;
  private wake: () => void = () => undefined;
  private readonly closing = new AbortController();

  private constructor(private readonly only: string) {}

  /** Resolves once the stream has begun. */
  static async open(
    as: TestOperator,
    { at, only }: { readonly at: string; readonly only: string },
  ): Promise<EventReader> {
    const reader = new EventReader(only);
    const response = await fetch(`${at}/api/stream`, {
      signal: reader.closing.signal,
      headers: { authorization: `Bearer ${as.token}` },
    });
    if (!response.body) throw new Error('the stream has no body');
    void reader.read(response.body);
    return reader;
  }

  /** The next event; waits for it ten seconds at most. */
  async next<Data>(): Promise<HeardEvent<Data>> {
    const until = performance.now() + 10_000;
    for (;;) {
      const event = this.all[this.taken];
      if (event) {
        this.taken += 1;
        return event as HeardEvent<Data>;
      }
      if (performance.now() > until) throw new Error(`no ${this.only} was told`);
      await new Promise<void>(resolve => {
        this.wake = resolve;
        setTimeout(resolve, 50);
      });
    }
  }

  /** Whether anything of a case was told so far. */
  heardOf(caseId: string): boolean {
    return this.all.some(({ data }) => JSON.stringify(data).includes(caseId));
  }

  close(): void {
    this.closing.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let buffer = '';
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body) {
        buffer += decoder.decode(bytes, { stream: true });
        for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
          this.take(buffer.slice(0, end));
          buffer = buffer.slice(end + 2);
        }
      }
    } catch (fault) {
      if (!this.closing.signal.aborted) throw fault;
    }
  }

  private take(block: string): void {
    const name = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (name !== this.only || data === undefined) return;
    this.all.push({ name, data: JSON.parse(data) as unknown, at: performance.now() });
    this.wake();
  }
}
