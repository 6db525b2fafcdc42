import type { AddressInfo } from 'node:net';
import { Activity } from './activity.js';
import type { PhoneBehaviour, SimulatedCall } from './call.js';
import { PhoneClock } from './clock.js';
import { Exchange, type PhoneError } from './exchange.js';
import { PhoneFaults } from './faults.js';
import { Messages, type TextMedia, type TextMessage } from './messages.js';
import type { Recordings } from './recordings.js';
import { RestApi } from './rest.js';
import { serve } from './server.js';
import { PhoneWebhooks, type PhoneDelivery, type PhoneKnobs } from './webhooks.js';

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

/** Starts the double on 127.0.0.1. Control API under `/_control/…` (see `control.ts`). Rejects when the port is taken. */
export async function startTwilioSimulator(options: TwilioSimulatorOptions): Promise<TwilioSimulator> {
  const { accountSid, authToken, oldAuthToken, voiceUrl, smsUrl, fallbackUrl, numbers, smsNumbers } = options;
  const clock = new PhoneClock(options.speed ?? 1);
  const activity = new Activity();
  const faults = new PhoneFaults();
  const webhooks = new PhoneWebhooks({ current: authToken, ...(oldAuthToken ? { old: oldAuthToken } : {}) }, activity);
  let url = '';
  const exchange = new Exchange(
    {
      accountSid,
      voiceUrl,
      statusUrl: options.statusUrl ?? below(voiceUrl, 'status'),
      ...(fallbackUrl ? { fallbackUrl } : {}),
      pace: options.charactersPerSecond ?? 0,
      patienceSeconds: options.patienceSeconds ?? 0,
    },
    clock,
    webhooks,
    () => url,
  );
  const messages = new Messages({ accountSid, smsUrl, numbers: smsNumbers }, clock, webhooks, () => url);
  const rest = new RestApi(
    { sid: accountSid, tokens: [authToken, ...(oldAuthToken ? [oldAuthToken] : [])], numbers },
    exchange,
    messages,
    faults,
  );
  const idle = async (): Promise<void> => {
    do await activity.rest();
    while (activity.busy || clock.due);
  };
  const simulator: TwilioSimulator = {
    get url() {
      return url;
    },
    clock,
    knobs: webhooks.knobs,
    faults,
    phones: {
      set: (number, behaviour) => void exchange.phones.set(number, behaviour),
      get ordinary() {
        return exchange.ordinary;
      },
      set ordinary(behaviour) {
        exchange.ordinary = behaviour;
      },
    },
    recordings: exchange.recordings,
    unreachable: messages.unreachable,
    deliveries: webhooks.records,
    errors: exchange.errors,
    placeCall: ({ from, to }) => exchange.place(from, to ?? first(numbers, 'calls')),
    calls: () => exchange.calls(),
    text: ({ from, to, body, media }) =>
      messages.receive(from, to ?? first(smsNumbers, 'text messages'), body ?? '', media ?? []),
    texts: number => messages.all().filter(one => one.from === number || one.to === number),
    async advance(seconds) {
      let left = seconds * 1_000;
      await idle();
      while (left > 0) {
        left -= clock.skip(left);
        await idle();
      }
    },
    idle,
    async close() {
      clock.close();
      webhooks.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  const server = serve(simulator, rest);
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return simulator;
}

function first(numbers: readonly string[], what: string): string {
  const [number] = numbers;
  if (number === undefined) throw new Error(`no number receives ${what}`);
  return number;
}

function below(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `${parsed.pathname.replace(/\/$/, '')}/${name}`;
  parsed.search = '';
  return parsed.href;
}

export type { HeardLine, PhoneBehaviour, SimulatedCall } from './call.js';
export type { TextMessage } from './messages.js';
