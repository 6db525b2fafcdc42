import type { AddressInfo } from 'node:net';
import { Activity } from './activity.js';
import { PhoneClock } from './clock.js';
import { Exchange } from './exchange.js';
import { PhoneFaults } from './faults.js';
import { Messages } from './messages.js';
import { RestApi } from './rest.js';
import { serve } from './server.js';
import type { TwilioSimulator, TwilioSimulatorOptions } from './simulator.js';
import { PhoneWebhooks } from './webhooks.js';

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
    {
      sid: accountSid,
      tokens: [authToken, ...(oldAuthToken ? [oldAuthToken] : [])],
      callers: numbers,
      numbers: [...new Set([...numbers, ...smsNumbers])],
    },
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
export type { Phones, TwilioSimulator, TwilioSimulatorOptions } from './simulator.js';
export type { TextMessage } from './messages.js';
