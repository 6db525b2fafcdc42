import type { ConnectionResult, ConnectionSide, Outbound, RefusalReason } from '@filodiretto/contracts';
import type { Channel, GuardedFetch } from '../contract.js';

/** Why a behaviour does not apply to a channel: shown beside the behaviour, in every run. */
export interface NotApplicable {
  readonly notApplicable: string;
}
export const notApplicable = (reason: string): NotApplicable => ({ notApplicable: reason });
export const isNotApplicable = (value: unknown): value is NotApplicable =>
  typeof value === 'object' && value !== null && 'notApplicable' in value;

/** One delivery to the channel: what it gives to `host.receive`. */
export interface Delivery {
  readonly raw: Uint8Array;
  readonly account: string;
  readonly mediaType: string;
  readonly about?: Record<string, string>;
}

/** One thing said by a person, for the harness to write as the provider writes it. */
export interface Said {
  /** Unique in the test. The provider's id of the message is made from it, always the same way. */
  readonly id: string;
  /** Who says it: `anna` or `bruno`; the same word is the same person on the same account. */
  readonly person: 'anna' | 'bruno';
  readonly text: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A provider that calls us. */
export interface WebhookHarness<Provider> {
  /** The delivery as the provider sends it, signed. A new `Request` at each call. */
  request(delivery: Delivery, provider: Provider): Request | Promise<Request>;
  /** The same delivery, signed by somebody who has not the secret; or why nobody signs. */
  readonly forged: ((delivery: Delivery, provider: Provider) => Request | Promise<Request>) | NotApplicable;
}

/** A provider that we listen to. */
export interface ListenHarness<Provider> {
  /** Puts the delivery where the channel finds it. */
  put(delivery: Delivery, provider: Provider): void | Promise<void>;
  /** How many deliveries the provider still keeps for us, not told that we have them. */
  waiting(provider: Provider): number | Promise<number>;
}

/** A provider that we call. */
export interface SendHarness<Provider> {
  /** Whom to write to. The suite writes the rest of the order. */
  readonly order: Pick<Outbound, 'account' | 'conversation' | 'to'> & Partial<Outbound>;
  /** How many messages the provider was asked to deliver so far. */
  sent(provider: Provider): number | Promise<number>;
  /** Arranges that the provider says no to this order, for certain; may change the order. And which reason is then given. */
  readonly refusal: {
    readonly reason: RefusalReason;
    arrange(order: Outbound, provider: Provider): Outbound | Promise<Outbound>;
  };
  /** Arranges that the provider takes this order and its answer is lost; may change the order. */
  readonly unknown: ((order: Outbound, provider: Provider) => Outbound | Promise<Outbound>) | NotApplicable;
}

/** A provider that is asked whether an account is connected. */
export interface ConnectionHarness<Provider> {
  /** Changes of the good configuration with which the other side says no, and what is then told of which side. */
  readonly refused:
    | {
        readonly side: ConnectionSide;
        readonly result: ConnectionResult;
        env(provider: Provider): Record<string, string> | Promise<Record<string, string>>;
      }
    | NotApplicable;
  /** Changes with which the other side is at an address of this machine where every call is taken and nothing is ever said. */
  readonly silent:
    | ((at: { readonly host: string; readonly port: number }, provider: Provider) => Record<string, string>)
    | NotApplicable;
}

/**
 * What the suite needs to know of one channel, as data and a few pure functions. Where a behaviour does not apply, say why
 * with `notApplicable`. `Provider` is the provider's double: one for each test.
 */
export interface ChannelHarness<Config extends object, Provider> {
  readonly channel: Channel<Config>;
  /** The provider's double, fresh for each test. */
  provider(): Provider | Promise<Provider>;
  /** Lets go of the double. */
  stop?(provider: Provider): void | Promise<void>;
  /** A good configuration. */
  env(provider: Provider): Record<string, string>;
  /** A configuration with at least two mistakes, and the environment names that must be listed. */
  readonly badConfiguration: { readonly env: Record<string, string>; readonly mistakes: readonly string[] };
  /** How the provider is reached; the real guarded `fetch`, with private addresses allowed, unless told. */
  fetch?(provider: Provider): GuardedFetch;
  /**
   * Recorded payloads. `<name>.<ext>` is read as `<name>.expected.json` says; `<name>.about.json` may hold
   * `{ account?, mediaType?, about? }`.
   */
  readonly fixtures: { readonly folder: URL; readonly account: string; readonly mediaType: string };
  /** One delivery that carries all of these, in order; with one it is always possible. */
  say(said: readonly Said[]): Delivery | Promise<Delivery>;
  /** Whether one delivery may carry several things said. */
  readonly batches: true | NotApplicable;
  /** Whether all that a person says on one account is one conversation. */
  readonly oneConversation: true | NotApplicable;
  /** A delivery of a kind that did not exist when the channel was written. */
  readonly unknownKind: (() => Delivery | Promise<Delivery>) | NotApplicable;
  readonly webhook: WebhookHarness<Provider> | NotApplicable;
  readonly listen: ListenHarness<Provider> | NotApplicable;
  readonly send: SendHarness<Provider> | NotApplicable;
  readonly connection: ConnectionHarness<Provider>;
}
