import type {
  Alias,
  AskAttendance,
  AttendanceAnswer,
  BlobRef,
  ChannelManifest,
  ConnectionResult,
  ConnectionSide,
  FetchAgain,
  Inbound,
  Outbound,
  Progress,
  RefusalReason,
  TrackingAnswer,
} from '@filodiretto/contracts';
import { BlobMissing, type Logger, type Reception } from '@filodiretto/platform';

/** A channel: one folder, one process. `runChannel(channel)` is the whole of its `main.ts`. */
export interface Channel<Config extends object> {
  /** Data: what it is called and what it can do. What is absent it cannot do. */
  readonly manifest: ChannelManifest;
  /** The class whose decorated fields are its configuration; checked before `connect`, all mistakes listed together. */
  readonly config: new () => Config;
  /** Opens what the channel needs. Throws `ConfigurationError` for what only a look outside can tell. Must not receive yet. */
  connect(config: Config, host: Host): Promise<Session>;
}

/** A channel at work: it sends and reads, and either answers webhooks or listens by itself, or both. */
export type Session = Works &
  (AnswersWebhooks | ListensItself) &
  Partial<AnswersWebhooks & ListensItself & Settles & FetchesAgain & Endpoints>;

interface Works {
  /** The accounts served: the mailboxes, numbers, pages, forms. Announced with the manifest. */
  readonly accounts: readonly string[];
  /** Where the accounts themselves are reached, when their names do not say it. Announced, so that the core never answers itself. */
  readonly addresses?: readonly Alias[];
  /**
   * What a kept delivery says: every item of a batch, in order; empty when it says nothing to the core. The same bytes
   * give the same external ids, for ever: called again after a loss. An unknown payload gives an `unsupported` part.
   * May keep blobs. Throws when the delivery cannot be read at all: it is then parked with the error's words. A fault of
   * the house itself (`HouseFault`, thrown by the host's own functions) is passed on, and the provider is not told yes.
   */
  read(reception: Reception, raw: Uint8Array): Promise<Fact[]>;
  /** Calls the provider, at most once for one attempt: the right to call is already claimed. A throw means *unknown*: never resent blindly. */
  send(message: Outbound): Promise<SendOutcome>;
  /** What of the connection of an account of ours can be asked of the other side, each by itself. Asks nothing yet. */
  connections(account: string): readonly Connection[];
  /** Releases everything within five seconds. */
  close?(): Promise<void>;
}
/** One side of an account's connection, and how it is asked for real: never by what was heard before. */
export interface Connection {
  readonly side: ConnectionSide;
  /**
   * Asks the other side once and changes nothing there. Resolves when it works, with what it said of itself, if anything: for people, no
   * secret. Rejects with `NotConnected` when it said no; any other fault is told apart by the kit. The signal ends it: then whoever
   * asks waits no longer.
   */
  ask(signal: AbortSignal): Promise<string | undefined>;
}
/** The other side was asked, and its answer is no. */
export class NotConnected extends Error {
  constructor(
    readonly result: Exclude<ConnectionResult, 'works' | 'not_asked'>,
    /** In its own words; no secret. */
    detail: string,
  ) {
    super(detail);
  }
}
export interface AnswersWebhooks {
  /**
   * Answers the provider. Signature first, on the raw bytes; then `await host.receive(...)`; only then yes. Web-standard, so
   * it is tested without a server. The URL is the public one. A throw is answered 503, and the provider repeats. An answer of
   * `text/event-stream` is passed on as it comes, and cancelled when its reader goes.
   */
  webhook(request: Request): Promise<Response>;
}
export interface ListensItself {
  /** Receives until the signal. Rejects when the connection is lost: the runtime calls it again, with back-off. */
  listen(signal: AbortSignal): Promise<void>;
}
export interface Settles {
  /** After an attempt that was claimed and whose outcome nobody knows: asks the provider. `undefined` when it cannot tell. */
  settle(message: Outbound): Promise<SendOutcome | undefined>;
}
export interface FetchesAgain {
  /** Fetches the bytes of an attachment. Throws when it fails (tried again with back-off), `MediaGone` when it is for ever. */
  fetchMedia(media: FetchAgain): Promise<BlobRef>;
}
export interface Endpoints {
  /** Pages of the channel's own for people who run it (a QR code to link a device), under `/admin/`. */
  admin(request: Request): Promise<Response>;
}

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly externalId: string; readonly detail?: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string };

/** A message as the channel reads it; the host adds what only it knows. */
export type ReadMessage = Omit<Inbound, 'id' | 'channel' | 'reception' | 'receivedAt' | 'raw'>;
export type ReadProgress = Omit<Progress, 'channel' | 'reception'>;
export type Fact = { readonly message: ReadMessage } | { readonly progress: ReadProgress };

/** The only door out of a channel. */
export interface Host {
  /**
   * Keeps the raw bytes and their reception durably, has them read, publishes every fact and waits until JetStream holds
   * them. Until it resolves, do not tell the provider yes. Rejects with `HouseFault` when the house cannot hold it now.
   * One delivery that cannot be read is parked and resolves: nobody sends it again.
   */
  receive(
    raw: Uint8Array,
    delivery: { account: string; mediaType: string; about?: Record<string, string> },
  ): Promise<Reception>;
  /** Publishes what became of a message when no delivery of the provider says it. Resolves when JetStream holds it. */
  report(progress: ReadProgress): Promise<void>;
  /** Keeps bytes, addressed by their content. Resolves when durable. */
  keep(bytes: Uint8Array, mediaType: string): Promise<BlobRef>;
  /** The bytes of a blob, verified against their address. Rejects with `BlobMissing`. */
  open(blob: Pick<BlobRef, 'sha256'>): Promise<Uint8Array>;
  /** Small durable memory of this channel, by key. May be lost with JetStream: losing it must only cost a rescan. */
  readonly state: State;
  /** Asks the core what became of what a citizen sent, by tracking code. `undefined` when the core does not answer in time. */
  tracking(trackingCode: string): Promise<TrackingAnswer | undefined>;
  /** Asks the core whether anybody is there for who writes now. `undefined` when the core does not answer in time. */
  attendance(asked: Omit<AskAttendance, 'channel'>): Promise<AttendanceAnswer | undefined>;
  /** `fetch` with time-outs, a size limit, and no private address unless configuration allows the host. */
  readonly fetch: GuardedFetch;
  /** Says that the provider was heard just now: any sign of life of the other side. */
  heard(): void;
  /** Says what keeps the channel from working, or nothing any more. Shown by readiness and by the registry. */
  trouble(what: string | undefined): void;
  readonly log: Logger;
}

export interface State {
  get<T>(key: string): Promise<T | undefined>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(prefix: string): Promise<string[]>;
  /**
   * Writes what `by` makes of what is there, and gives it; when somebody else wrote meanwhile, `by` is asked anew. What it gives
   * unchanged is not written.
   */
  change<T>(key: string, by: (was: T | undefined) => T): Promise<T>;
  /** Deletes what is there when `isOver` says so of it; what somebody else wrote meanwhile stays. Says whether it went. */
  forget<T>(key: string, isOver: (was: T) => boolean): Promise<boolean>;
  /** Tells of each key that is written or deleted, by whichever process, until the signal. Rejects when it can no longer tell. */
  watch(told: (key: string) => void, signal: AbortSignal): Promise<void>;
}

export type GuardedFetch = (url: string | URL, options?: FetchOptions) => Promise<Response>;
export interface FetchOptions extends Omit<RequestInit, 'signal' | 'redirect'> {
  /** Milliseconds for the whole exchange; 10,000 unless told. */
  readonly timeoutMs?: number;
  /** Largest answer in bytes; 5,000,000 unless told. Larger: the body stream fails. */
  readonly maxBytes?: number;
  /** Hosts that may be reached, with a leading dot for their subdomains; all public ones unless told. */
  readonly onlyHosts?: readonly string[];
}

/** The house cannot hold a message now: the provider must not be told yes. */
export class HouseFault extends Error {}
export { BlobMissing };
/** An attachment that the provider will never give again. */
export class MediaGone extends Error {}
