import { createHash } from 'node:crypto';
import type { FetchAgain, Inbound, MediaPart, Part, Progress } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { MediaGone, type Host, type Session } from './contract.js';
import type { Publication } from './facts.js';

const PREFIX = 'media/';
/** Waits before each attempt; providers' links live minutes, so most attempts come early. */
const WAITS_MS = [0, 2_000, 10_000, 30_000, 120_000, 600_000];
const AT_ONCE = 4;

/** Fetches the attachments that came as a promise. What is wanted is remembered before the message is published. */
export class MediaFetcher {
  private readonly queue: (() => Promise<void>)[] = [];
  private running = 0;
  private readonly timers = new Set<NodeJS.Timeout>();
  /** What is being fetched: content that is said again promises it again. */
  private readonly underway = new Set<string>();

  constructor(
    private readonly host: Host,
    private readonly session: Session,
    private readonly log: Logger,
  ) {}

  /** Takes up again what was wanted when the process ended. */
  async start(): Promise<void> {
    if (!this.session.fetchMedia) return;
    for (const key of await this.host.state.keys(PREFIX)) {
      const wanted = await this.host.state.get<FetchAgain>(key);
      if (wanted) this.schedule(key, wanted, 0);
    }
  }

  /** Remembers what the messages promise. */
  async plan(publications: readonly Publication[]): Promise<void> {
    for (const [key, wanted] of this.wantedOf(publications)) await this.host.state.set(key, wanted);
  }
  /** Starts to fetch it. */
  begin(publications: readonly Publication[]): void {
    for (const [key, wanted] of this.wantedOf(publications)) if (!this.underway.has(key)) this.schedule(key, wanted, 0);
  }

  /** Fetches one attachment now, asked by the core. Resolves when it is reported; rejects when it failed. */
  fetchAgain(asked: FetchAgain): Promise<void> {
    return this.fetchOne(asked);
  }

  close(): void {
    this.timers.forEach(timer => clearTimeout(timer));
    this.queue.length = 0;
  }

  private wantedOf(publications: readonly Publication[]): [string, FetchAgain][] {
    if (!this.session.fetchMedia) return [];
    return publications.flatMap(({ type, payload }) => {
      const said = saidBy(type, payload);
      if (!said) return [];
      const { account, externalId, conversation, content } = said;
      return content.flatMap((media, part): [string, FetchAgain][] =>
        media.type === 'media' && media.fetch === 'pending' && media.source
          ? [
              [
                keyOf(account, externalId, part, media.source),
                {
                  account,
                  externalId,
                  part,
                  source: media.source,
                  conversation,
                  media,
                },
              ],
            ]
          : [],
      );
    });
  }

  private schedule(key: string, wanted: FetchAgain, attempt: number): void {
    this.underway.add(key);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.queue.push(() => this.attempt(key, wanted, attempt));
      this.drain();
    }, WAITS_MS[attempt] ?? 0);
    this.timers.add(timer);
  }

  private drain(): void {
    while (this.running < AT_ONCE) {
      const next = this.queue.shift();
      if (!next) return;
      this.running += 1;
      void next().finally(() => {
        this.running -= 1;
        this.drain();
      });
    }
  }

  private async attempt(key: string, wanted: FetchAgain, attempt: number): Promise<void> {
    try {
      await this.fetchOne(wanted);
      await this.host.state.delete(key);
      this.underway.delete(key);
    } catch (error) {
      const last = attempt + 1 >= WAITS_MS.length || error instanceof MediaGone;
      this.log.warn(
        { externalId: wanted.externalId, part: wanted.part, attempt, err: error },
        last ? 'an attachment will not come' : 'an attachment did not come yet',
      );
      if (!last) return this.schedule(key, wanted, attempt + 1);
      await this.giveUp(key, wanted, error);
      this.underway.delete(key);
    }
  }

  private async fetchOne(wanted: FetchAgain): Promise<void> {
    if (!this.session.fetchMedia) throw new MediaGone('the channel cannot fetch');
    const blob = await this.session.fetchMedia(wanted);
    // No scanner looks at what is fetched here: that is said, not left open.
    const scan = wanted.media.scan === 'pending' ? 'skipped' : wanted.media.scan;
    await this.report(wanted, { ...wanted.media, blob, fetch: 'done', scan });
  }

  private async giveUp(key: string, wanted: FetchAgain, error: unknown): Promise<void> {
    try {
      await this.report(wanted, { ...wanted.media, fetch: error instanceof MediaGone ? 'expired' : 'failed' });
      await this.host.state.delete(key);
    } catch (again) {
      // The house is away: what is wanted is still remembered, and the next start takes it up.
      this.log.error({ externalId: wanted.externalId, err: again }, 'the loss of an attachment could not be reported');
    }
  }

  private report(wanted: FetchAgain, media: MediaPart): Promise<void> {
    const { account, externalId, conversation, part } = wanted;
    return this.host.report({
      account,
      externalId,
      conversation,
      part,
      media,
      state: 'media',
      at: new Date().toISOString(),
    });
  }
}

/** What a message says, at first or since: a call's recording is promised only after the call. */
function saidBy(
  type: Publication['type'],
  payload: Publication['payload'],
): (Pick<FetchAgain, 'account' | 'externalId' | 'conversation'> & { readonly content: readonly Part[] }) | undefined {
  if (type === 'message.received.v1') return payload as Inbound;
  if (type !== 'message.progressed.v1') return undefined;
  const { account, externalId, conversation, content } = payload as Progress;
  return externalId === undefined || conversation === undefined || content === undefined
    ? undefined
    : { account, externalId, conversation, content };
}

const keyOf = (account: string, externalId: string, part: number, source: string): string =>
  `${PREFIX}${createHash('sha256')
    .update(JSON.stringify([account, externalId, part, source]))
    .digest('hex')}`;
