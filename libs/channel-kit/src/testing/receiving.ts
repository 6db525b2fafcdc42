import { expect } from '@jest/globals';
import { HouseFault } from '../contract.js';
import { factsOf, onBench, said, type Behaviour, type Bench } from './behaviour.js';
import type { HouseBreaks } from './memory-host.js';
import { isNotApplicable, type ChannelHarness, type ListenHarness, type WebhookHarness } from './harness.js';

const BREAKS: readonly HouseBreaks[] = ['keep', 'publish'];
const ALBUM = 10;

/** Nobody lets go before the next one holds, and a duplicate is a success. */
export function receiving<Config extends object, Provider>(harness: ChannelHarness<Config, Provider>): Behaviour[] {
  const { webhook, listen, oneConversation } = harness;
  const forged = isNotApplicable(webhook) ? webhook : webhook.forged;
  return [
    {
      name: 'refuses a forged delivery with 401 or 403, and receives nothing of it',
      try: isNotApplicable(forged)
        ? forged
        : () =>
            onBench(harness, async ({ host, session, provider }) => {
              const answer = await session.webhook?.(await forged(await harness.say(said(1)), provider));
              expect([401, 403]).toContain(answer?.status);
              expect(host.receptions).toHaveLength(0);
            }),
    },
    ...BREAKS.map(step => ({
      name: `does not tell the provider yes when the house cannot ${step}, and takes the repetition`,
      try: isNotApplicable(webhook)
        ? webhook
        : () => onBench(harness, bench => refusesWhenBroken(bench, harness, webhook, step)),
    })),
    ...BREAKS.map(step => ({
      name: `leaves with the provider what the house cannot ${step}, and takes it later`,
      try: isNotApplicable(listen)
        ? listen
        : () => onBench(harness, bench => leavesWhenBroken(bench, harness, listen, step)),
    })),
    {
      name: 'takes the same delivery three times as one message',
      try: () =>
        onBench(harness, async ({ host, deliver }) => {
          for (let time = 0; time < 3; time += 1) await deliver(await harness.say(said(1)));
          expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
          expect(new Set(host.messages.map(one => one.conversation)).size).toBe(1);
        }),
    },
    {
      name: 'gives the same facts whatever the order, the repetitions and the company',
      try: async () => {
        const inOrder = await factsWhen(harness, async ({ deliver }) => {
          for (const one of said(4)) await deliver(await harness.say([one]));
        });
        const shuffled = await factsWhen(harness, async ({ deliver }) => {
          const [a, b, c, d] = await Promise.all(said(4).map(async one => harness.say([one])));
          for (const one of [d, b, a, c, b, d]) if (one) await Promise.all([deliver(one), deliver(one)]);
        });
        expect(shuffled).toEqual(inOrder);
      },
    },
    {
      name: 'puts ten parallel first messages of one person in one conversation, as ten messages',
      try: isNotApplicable(oneConversation)
        ? oneConversation
        : () =>
            onBench(harness, async ({ host, deliver }) => {
              await Promise.all(said(ALBUM).map(async one => deliver(await harness.say([one]))));
              expect(new Set(host.messages.map(one => one.id)).size).toBe(ALBUM);
              expect(new Set(host.messages.map(one => one.conversation)).size).toBe(1);
            }),
    },
    {
      name: 'never mixes the conversations of two persons',
      try: () =>
        onBench(harness, async ({ host, deliver }) => {
          await deliver(await harness.say(said(1)));
          await deliver(await harness.say(said(1, { id: 'other', person: 'bruno' })));
          const [anna, bruno] = host.messages;
          expect(host.messages).toHaveLength(2);
          expect(anna?.conversation).not.toBe(bruno?.conversation);
          expect(anna?.from.value).not.toBe(bruno?.from.value);
        }),
    },
  ];
}

async function refusesWhenBroken<Config extends object, Provider>(
  { host, session, provider, deliver }: Bench<Provider>,
  harness: ChannelHarness<Config, Provider>,
  webhook: WebhookHarness<Provider>,
  step: HouseBreaks,
): Promise<void> {
  const delivery = await harness.say(said(1));
  host.breaks = step;
  // The kit answers 503 to a throw.
  const status = await session.webhook?.(await webhook.request(delivery, provider)).then(
    answer => answer.status,
    (error: unknown) => (error instanceof HouseFault ? 503 : String(error)),
  );
  expect(status).toBeGreaterThanOrEqual(500);
  expect(host.refused).toBeGreaterThan(0);
  expect(host.messages).toHaveLength(0);
  host.breaks = undefined;
  await deliver(delivery);
  expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
}

async function leavesWhenBroken<Config extends object, Provider>(
  { host, session, provider }: Bench<Provider>,
  harness: ChannelHarness<Config, Provider>,
  listen: ListenHarness<Provider>,
  step: HouseBreaks,
): Promise<void> {
  const abort = new AbortController();
  const listening = keepListening(session, abort.signal);
  try {
    host.breaks = step;
    await listen.put(await harness.say(said(1)), provider);
    await until(() => host.refused > 0, 'the house was asked to hold the delivery');
    expect(await listen.waiting(provider)).toBe(1);
    expect(host.messages).toHaveLength(0);
    host.breaks = undefined;
    await until(() => host.messages.length > 0, 'the delivery was taken once the house could hold it');
    await until(async () => (await listen.waiting(provider)) === 0, 'the provider was told that we have it');
    expect(new Set(host.messages.map(one => one.id)).size).toBe(1);
  } finally {
    abort.abort();
    await listening;
  }
}

/** Listens again and again, as the runtime does, with hardly a pause. */
async function keepListening(session: Bench<unknown>['session'], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await session.listen?.(signal).catch(() => undefined);
    if (!signal.aborted) await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function until(look: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    if (await look()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`it never happened that ${what}`);
}

async function factsWhen<Config extends object, Provider>(
  harness: ChannelHarness<Config, Provider>,
  work: (bench: Bench<Provider>) => Promise<void>,
): Promise<unknown> {
  let facts: unknown;
  await onBench(harness, async bench => {
    await work(bench);
    expect(bench.host.notAllowed).toEqual([]);
    facts = factsOf(bench.host.messages);
  });
  return facts;
}
