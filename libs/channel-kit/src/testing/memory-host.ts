import type {
  AskAttendance,
  AttendanceAnswer,
  BlobRef,
  EmptyReception,
  FetchAgain,
  Inbound,
  MediaPart,
  Progress,
  TrackingAnswer,
  Unreadable,
} from '@filodiretto/contracts';
import { createLogger, RawStore, type Logger, type Reception } from '@filodiretto/platform';
import {
  HouseFault,
  MediaGone,
  type Fact,
  type GuardedFetch,
  type Host,
  type ReadProgress,
  type Session,
  type State,
} from '../contract.js';
import { checkedPublications, progressOf, publicationsOf, unreadable, type Publication } from '../facts.js';
import { guardedFetch } from '../guarded-fetch.js';
import { MemoryStore } from './memory-store.js';

/** What a test decides about the house. */
export interface MemoryHostOptions {
  /** The channel's id, as in its manifest. */
  readonly channel: string;
  /** The real guarded one, with every private address allowed, unless told. */
  readonly fetch?: GuardedFetch;
  /** What the core answers to a tracking code; nothing in time, unless told. */
  readonly tracking?: (trackingCode: string) => TrackingAnswer | undefined;
  /** What the core answers to who asks whether anybody is there; nothing in time, unless told. */
  readonly attendance?: (asked: Omit<AskAttendance, 'channel'>) => AttendanceAnswer | undefined;
  /** Silent unless told. */
  readonly log?: Logger;
}

/** Where the house breaks: before the bytes are kept, or after it and before the stream holds the facts. */
export type HouseBreaks = 'keep' | 'publish';

/**
 * The house of a channel, for tests: keeps, has read, checks and publishes as the real host does, into memory. Not one
 * line of it knows a channel.
 */
export class MemoryHost implements Host {
  /** Set it, and `receive`, `report` and `keep` reject with `HouseFault` until it is unset. */
  breaks?: HouseBreaks;
  /** How many times something could not be held. */
  refused = 0;
  /** What was read and the contract does not allow: faults of the channel, parked by the real host. */
  readonly notAllowed: string[] = [];
  /** How many signs of life of the provider were told. */
  heardTimes = 0;
  troubledBy?: string;
  readonly receptions: Reception[] = [];
  readonly publications: Publication[] = [];
  readonly state: State = new MemoryState(() => this.hold('publish'));
  readonly fetch: GuardedFetch;
  readonly log: Logger;
  private readonly raw = new RawStore(new MemoryStore());
  private session?: Pick<Session, 'read' | 'fetchMedia'>;

  constructor(private readonly options: MemoryHostOptions) {
    this.fetch = options.fetch ?? reachesAnyHost();
    this.log = options.log ?? createLogger('test', 'silent');
  }

  /** Says who reads; before it nothing can be received. */
  serve(session: Pick<Session, 'read' | 'fetchMedia'>): void {
    this.session = session;
  }

  /** The messages published, in order, duplicates included. */
  get messages(): Inbound[] {
    return this.of('message.received.v1') as Inbound[];
  }
  /** What was published of messages, in order. */
  get progress(): Progress[] {
    return this.of('message.progressed.v1') as Progress[];
  }
  /** The deliveries that were parked. */
  get unreadable(): Unreadable[] {
    return this.of('reception.unreadable.v1') as Unreadable[];
  }
  /** The deliveries that said nothing to the core. */
  get empty(): EmptyReception[] {
    return this.of('reception.empty.v1') as EmptyReception[];
  }

  async receive(
    raw: Uint8Array,
    delivery: { account: string; mediaType: string; about?: Record<string, string> },
  ): Promise<Reception> {
    this.heard();
    this.hold('keep');
    const reception = await this.raw.receive(this.options.channel, raw, delivery);
    this.receptions.push(reception);
    const publications = await this.read(reception, raw);
    this.hold('publish');
    this.publications.push(...publications);
    return reception;
  }

  /** Reads a kept reception once more, as the core may ask, and publishes what it says. */
  async readAgain(reception: Reception): Promise<void> {
    this.publications.push(...(await this.read(reception, await this.raw.open(reception.raw))));
  }

  /** What a reception says, ready for the bus and checked; publishes nothing. */
  async read(reception: Reception, raw: Uint8Array): Promise<Publication[]> {
    if (!this.session) throw new HouseFault('the channel is not open yet');
    let facts: Fact[];
    try {
      facts = await this.session.read(reception, raw);
    } catch (error) {
      if (error instanceof HouseFault) throw error;
      return [unreadable(reception, error)];
    }
    const made = publicationsOf(reception, facts);
    const checked = checkedPublications(reception, made);
    if (checked !== made)
      this.notAllowed.push(...checked.map(one => (one.payload as Partial<Unreadable>).reason ?? one.type));
    return checked;
  }

  /** Fetches the attachments promised so far, once each, and reports them as the host does. */
  async fetchPending(): Promise<void> {
    const fetchMedia = this.session?.fetchMedia?.bind(this.session);
    if (!fetchMedia) throw new Error('the channel cannot fetch media');
    for (const wanted of this.messages.flatMap(wantedOf)) {
      let media: MediaPart;
      try {
        media = { ...wanted.media, blob: await fetchMedia(wanted), fetch: 'done' };
      } catch (error) {
        media = { ...wanted.media, fetch: error instanceof MediaGone ? 'expired' : 'failed' };
      }
      const { account, externalId, conversation, part } = wanted;
      await this.report({
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

  report(progress: ReadProgress): Promise<void> {
    return Promise.resolve().then(() => {
      this.hold('publish');
      this.publications.push(progressOf(this.options.channel, progress));
    });
  }
  async keep(bytes: Uint8Array, mediaType: string): Promise<BlobRef> {
    this.hold('keep');
    return this.raw.keep(bytes, mediaType);
  }
  open(blob: Pick<BlobRef, 'sha256'>): Promise<Uint8Array> {
    return this.raw.open(blob);
  }
  tracking(trackingCode: string): Promise<TrackingAnswer | undefined> {
    return Promise.resolve(this.options.tracking?.(trackingCode));
  }
  attendance(asked: Omit<AskAttendance, 'channel'>): Promise<AttendanceAnswer | undefined> {
    return Promise.resolve(this.options.attendance?.(asked));
  }
  heard(): void {
    this.heardTimes += 1;
  }
  trouble(what: string | undefined): void {
    this.troubledBy = what;
  }

  private of(type: Publication['type']): unknown[] {
    return this.publications.filter(one => one.type === type).map(one => one.payload);
  }
  private hold(step: HouseBreaks): void {
    if (this.breaks !== step) return;
    this.refused += 1;
    throw new HouseFault(`the house cannot ${step} now`);
  }
}

/** A house in memory for one channel. */
export const memoryHost = (options: MemoryHostOptions): MemoryHost => new MemoryHost(options);

class MemoryState implements State {
  private readonly values = new Map<string, string>();
  private readonly watchers = new Set<(key: string) => void>();
  constructor(private readonly hold: () => void) {}
  async get<T>(key: string): Promise<T | undefined> {
    await this.reach();
    const text = this.values.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }
  async set(key: string, value: unknown): Promise<void> {
    await this.reach();
    this.put(key, JSON.stringify(value));
  }
  async delete(key: string): Promise<void> {
    await this.reach();
    this.values.delete(key);
    for (const told of this.watchers) told(key);
  }
  async keys(prefix: string): Promise<string[]> {
    await this.reach();
    return [...this.values.keys()].filter(key => key.startsWith(prefix)).sort();
  }
  async change<T>(key: string, by: (was: T | undefined) => T): Promise<T> {
    await this.reach();
    const text = this.values.get(key);
    const was = text === undefined ? undefined : (JSON.parse(text) as T);
    const now = by(was);
    if (now !== was) this.put(key, JSON.stringify(now));
    return now;
  }
  async forget<T>(key: string, isOver: (was: T) => boolean): Promise<boolean> {
    await this.reach();
    const text = this.values.get(key);
    if (text === undefined || !isOver(JSON.parse(text) as T)) return false;
    await this.delete(key);
    return true;
  }
  watch(told: (key: string) => void, signal: AbortSignal): Promise<void> {
    this.watchers.add(told);
    return new Promise(resolve => {
      const done = (): void => {
        this.watchers.delete(told);
        resolve();
      };
      if (signal.aborted) done();
      else signal.addEventListener('abort', done, { once: true });
    });
  }
  private put(key: string, value: string): void {
    this.values.set(key, value);
    for (const told of this.watchers) told(key);
  }
  private async reach(): Promise<void> {
    await Promise.resolve();
    this.hold();
  }
}

const wantedOf = (message: Inbound): FetchAgain[] =>
  message.content.flatMap((part, index) =>
    part.type === 'media' && part.fetch === 'pending' && part.source
      ? [
          {
            account: message.account,
            externalId: message.externalId,
            conversation: message.conversation,
            part: index,
            media: part,
            source: part.source,
          },
        ]
      : [],
  );

/** The real guard, which lets the first address through: the doubles of the providers listen on this machine. */
const reachesAnyHost = (): GuardedFetch => {
  const byHost = new Map<string, GuardedFetch>();
  return (url, options) => {
    const { host } = new URL(url);
    const reach = byHost.get(host) ?? guardedFetch([host]);
    byHost.set(host, reach);
    return reach(url, options);
  };
};
