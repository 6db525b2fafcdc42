import type { Inbound } from '@filodiretto/contracts';
import type { Publication } from '../facts.js';
import { isNotApplicable, type ChannelHarness, type Delivery, type NotApplicable, type Said } from './harness.js';
import { openChannel, type OpenChannel } from './open-channel.js';

/** A law of every channel: a sentence that could be false, and how it is tried; or why it does not apply. */
export interface Behaviour {
  readonly name: string;
  readonly try: (() => Promise<void>) | NotApplicable;
}

/** One channel, opened beside its provider's double, for the length of one test. */
export interface Bench<Provider> extends OpenChannel {
  readonly provider: Provider;
  /** Delivers as the provider does. Rejects when the channel did not say yes. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
}

/** Opens a channel, with changes of its good configuration when told, tries, and closes everything, whatever happens. */
export async function onBench<Config extends object, Provider>(
  harness: ChannelHarness<Config, Provider>,
  work: (bench: Bench<Provider>) => Promise<void>,
  changes?: (provider: Provider) => Record<string, string> | Promise<Record<string, string>>,
): Promise<void> {
  const provider = await harness.provider();
  let open: OpenChannel | undefined;
  try {
    open = await openChannel(
      harness.channel,
      { ...harness.env(provider), ...(await changes?.(provider)) },
      {
        ...(harness.fetch ? { fetch: harness.fetch(provider) } : {}),
      },
    );
    const { host, session } = open;
    await work({
      host,
      session,
      provider,
      deliver: async delivery => {
        if (isNotApplicable(harness.webhook) || !session.webhook) {
          await host.receive(delivery.raw, delivery);
          return;
        }
        const answer = await session.webhook(await harness.webhook.request(delivery, provider));
        if (!answer.ok) throw new Error(`the channel answered ${answer.status}: ${await answer.text()}`);
      },
    });
  } finally {
    await open?.session.close?.();
    await harness.stop?.(provider);
  }
}

const MINUTE = 60_000;
const NOON = Date.parse('2026-01-15T11:00:00.000Z');

/** Things said, one a minute. */
export const said = (count: number, about: Partial<Said> = {}): Said[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `said-${index + 1}`,
    person: 'anna',
    text: `Buongiorno, messaggio numero ${index + 1}`,
    at: new Date(NOON + index * MINUTE).toISOString(),
    ...about,
  }));

/** The words of a message, wherever its channel puts them. */
export const wordsOf = (message: Inbound): string => JSON.stringify([message.subject, message.content]);

/** The facts without what differs at every delivery, for a golden. */
export const stable = (publications: readonly Publication[]): unknown =>
  publications
    .filter(one => one.fact !== 'empty')
    .map(({ fact, payload }) => {
      const { id, reception, raw, receivedAt, channel, ...rest } = payload as Record<string, unknown>;
      void [id, reception, raw, receivedAt, channel];
      return JSON.parse(JSON.stringify({ [fact]: rest })) as unknown;
    });

/** What of a set of facts must not depend on order, repetition or company. */
export const factsOf = (messages: readonly Inbound[]): unknown =>
  [...new Map(messages.map(one => [one.id, { conversation: one.conversation, words: wordsOf(one) }])).entries()].sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
