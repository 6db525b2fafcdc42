import type { PhoneBehaviour, SimulatedCall } from './call.js';
import type { PhoneClock } from './clock.js';
import type { PhoneError } from './exchange.js';
import type { PhoneFaults } from './faults.js';
import type { TextMedia, TextMessage } from './messages.js';
import type { Recordings } from './recordings.js';
import type { PhoneDelivery, PhoneKnobs } from './webhooks.js';

export interface TwilioSimulatorOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host?: string;
  readonly accountSid: string;
  /** Signs the webhooks and opens the REST API. */
  readonly authToken: string;
  /** A token being retired: still opens the REST API, and signs when the knob `oldToken` says so. */
  readonly oldAuthToken?: string;
  /** Asked when somebody calls; retries as its fragment says. */
  readonly voiceUrl: string;
  readonly smsUrl: string;
  /** Asked when `voiceUrl`, or what follows from it, fails. */
  readonly fallbackUrl?: string;
  /** Where the end of incoming calls is told; `<voiceUrl>/status` when absent. */
  readonly statusUrl?: string;
  /** Numbers that are called and that call. */
  readonly numbers: readonly string[];
  /** Numbers that write and are written to. */
  readonly smsNumbers: readonly string[];
  /** How much faster than ours the provider's time passes; 0: only `advance` moves it. */
  readonly speed?: number;
  /** Characters spoken in a second; 0: speech takes no time. */
  readonly charactersPerSecond?: number;
  /** Seconds that a person who types what they say is given before their silence counts. */
  readonly patienceSeconds?: number;
}

/** Telephones that are called: what they do, by number, and what all others do. */
export interface Phones {
  set(number: string, behaviour: PhoneBehaviour): void;
  ordinary: PhoneBehaviour;
}

/** A provider's double for calls and text messages: it keeps state, signs, and does wrong on demand. */
export interface TwilioSimulator {
  readonly url: string;
  readonly clock: PhoneClock;
  readonly knobs: PhoneKnobs;
  readonly faults: PhoneFaults;
  readonly phones: Phones;
  readonly recordings: Recordings;
  /** Numbers at which a text does not arrive, and the provider's error code. */
  readonly unreachable: Map<string, number>;
  /** Webhooks sent, oldest first. */
  readonly deliveries: readonly PhoneDelivery[];
  /** What went wrong with documents, as the provider's console shows it. */
  readonly errors: readonly PhoneError[];
  /** Somebody calls; the first of `numbers` unless said. */
  placeCall(call: { readonly from: string; readonly to?: string }): SimulatedCall;
  /** All calls, oldest first. */
  calls(): SimulatedCall[];
  /** Somebody writes; to the first of `smsNumbers` unless said. */
  text(message: {
    readonly from: string;
    readonly to?: string;
    readonly body?: string;
    readonly media?: readonly TextMedia[];
  }): TextMessage;
  /** Text messages from and to a number, oldest first. */
  texts(number: string): TextMessage[];
  /** Lets the provider's time pass, one thing after the other. */
  advance(seconds: number): Promise<void>;
  /** Resolves when no webhook is under way and nothing is due. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
