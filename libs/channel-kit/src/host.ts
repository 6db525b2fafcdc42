import { partitionOf, subjects, type Bus } from '@filodiretto/bus';
import { AttendanceAnswer, TrackingAnswer, type AskAttendance, type BlobRef } from '@filodiretto/contracts';
import {
  faultPoint,
  withCorrelation,
  type Logger,
  type Metrics,
  type RawStore,
  type Reception,
} from '@filodiretto/platform';
import {
  HouseFault,
  type Fact,
  type GuardedFetch,
  type Host,
  type ReadProgress,
  type Session,
  type State,
} from './contract.js';
import { checkedPublications, progressOf, publicationsOf, unreadable, type Publication } from './facts.js';
import type { MediaFetcher } from './media.js';
import { noteReception } from './receptions.js';

interface Parts {
  readonly channel: string;
  readonly partitionKey: string;
  readonly bus: Bus;
  readonly raw: RawStore;
  readonly state: State;
  readonly fetch: GuardedFetch;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The door between a channel and the house: keeps, has read, publishes; resolves only when the house holds it. */
export class ChannelHost implements Host {
  private session?: Session;
  private media?: MediaFetcher;
  lastHeardAt?: string;
  currentTrouble?: string;
  private readonly received;
  private readonly unread;

  constructor(private readonly parts: Parts) {
    this.received = parts.metrics.counter('receptions_total', 'Deliveries kept and published', ['account']);
    this.unread = parts.metrics.counter('receptions_unreadable_total', 'Deliveries that the channel could not read', [
      'account',
    ]);
  }

  /** Says who reads; before it nothing can be received. */
  serve(session: Session, media: MediaFetcher): void {
    this.session = session;
    this.media = media;
  }

  async receive(
    raw: Uint8Array,
    delivery: { account: string; mediaType: string; about?: Record<string, string> },
  ): Promise<Reception> {
    this.heard();
    faultPoint('channel.before-keep');
    const reception = await this.house('the delivery cannot be kept', () =>
      this.parts.raw.receive(this.parts.channel, raw, delivery),
    );
    faultPoint('channel.after-keep');
    await withCorrelation({ correlationId: reception.id }, () => this.readAndPublish(reception, raw, ''));
    faultPoint('channel.after-publish');
    noteReception(reception.id);
    this.received.inc({ account: delivery.account });
    return reception;
  }

  /** Reads a kept reception once more and publishes what it says; the core recognises what it has. */
  async readAgain(id: string): Promise<void> {
    const reception = await this.parts.raw.reception(id);
    if (!reception || reception.channel !== this.parts.channel) throw new Error(`no reception ${id} of this channel`);
    const raw = await this.parts.raw.open(reception.raw);
    await withCorrelation({ correlationId: id }, () => this.readAndPublish(reception, raw, `.${Date.now()}`));
  }

  report(progress: ReadProgress): Promise<void> {
    return this.publish(progressOf(this.parts.channel, progress), '');
  }
  keep(bytes: Uint8Array, mediaType: string): Promise<BlobRef> {
    return this.house('the bytes cannot be kept', () => this.parts.raw.keep(bytes, mediaType));
  }
  open(blob: Pick<BlobRef, 'sha256'>): Promise<Uint8Array> {
    return this.parts.raw.open(blob);
  }
  get state(): State {
    return this.parts.state;
  }
  async tracking(trackingCode: string): Promise<TrackingAnswer | undefined> {
    try {
      return await this.parts.bus.ask(subjects.ask('tracking'), { trackingCode }, TrackingAnswer, { timeoutMs: 2_000 });
    } catch (error) {
      this.log.warn({ err: error }, 'the core did not say what became of a tracking code');
      return undefined;
    }
  }
  async attendance(asked: Omit<AskAttendance, 'channel'>): Promise<AttendanceAnswer | undefined> {
    try {
      const question = { ...asked, channel: this.parts.channel };
      return await this.parts.bus.ask(subjects.ask('attendance'), question, AttendanceAnswer, { timeoutMs: 2_000 });
    } catch (error) {
      this.log.warn({ err: error }, 'the core did not say whether anybody is there');
      return undefined;
    }
  }
  get fetch(): GuardedFetch {
    return this.parts.fetch;
  }
  heard(): void {
    this.lastHeardAt = new Date().toISOString();
  }
  trouble(what: string | undefined): void {
    if (what !== this.currentTrouble)
      this.log[what ? 'warn' : 'info'](
        { trouble: what },
        what ? 'the channel is in trouble' : 'the channel works again',
      );
    this.currentTrouble = what;
  }
  get log(): Logger {
    return this.parts.log;
  }

  private async readAndPublish(reception: Reception, raw: Uint8Array, again: string): Promise<void> {
    const session = this.session;
    if (!session) throw new HouseFault('the channel is not open yet');
    const publications = await this.read(session, reception, raw);
    await this.media?.plan(publications);
    // By its place too: what a delivery says twice is settled twice, and not taken for what never arrived.
    await Promise.all(publications.map((one, index) => this.publish(one, `.${reception.id}.${index}${again}`)));
    this.media?.begin(publications);
  }

  private async read(session: Session, reception: Reception, raw: Uint8Array): Promise<Publication[]> {
    let facts: Fact[];
    try {
      facts = await session.read(reception, raw);
    } catch (error) {
      if (error instanceof HouseFault) throw error;
      this.unread.inc({ account: reception.account });
      this.log.error({ reception: reception.id, err: error }, 'a delivery cannot be read: it is parked');
      return [unreadable(reception, error)];
    }
    return checkedPublications(reception, publicationsOf(reception, facts));
  }

  private publish(one: Publication, suffix: string): Promise<void> {
    const partition = partitionOf(this.parts.partitionKey, this.parts.channel, one.account, one.conversation);
    const subject = subjects.in(partition, this.parts.channel, one.account, one.fact);
    return this.house('the event cannot be published', () =>
      this.parts.bus.publish(one.type, subject, one.payload as never, {
        id: one.id,
        deduplication: `${one.id}${suffix}`,
      }),
    );
  }

  private async house<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new HouseFault(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
