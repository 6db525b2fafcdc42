import { expect } from '@jest/globals';
import { v7 } from 'uuid';
import type { Capabilities, ChoicesCapability, Outbound, Part, TextCapability } from '@filodiretto/contracts';
import type { SendOutcome } from '../contract.js';
import { onBench, type Behaviour, type Bench } from './behaviour.js';
import {
  isNotApplicable,
  notApplicable,
  type ChannelHarness,
  type NotApplicable,
  type SendHarness,
} from './harness.js';

const HOUR = 3_600_000;

/** Accepted, refused with a reason, or unknown: never cut, never sent twice, never a silence. */
export function sending<Config extends object, Provider>(harness: ChannelHarness<Config, Provider>): Behaviour[] {
  const { manifest } = harness.channel;
  const { send } = harness;
  if (isNotApplicable(send)) return [{ name: 'sends', try: send }, cannotSend(harness)];
  const tried = (
    order: Partial<Outbound>,
    expected: (outcome: SendOutcome, bench: Bench<Provider>) => void | Promise<void>,
  ): (() => Promise<void>) => {
    return () =>
      onBench(harness, async bench => {
        await expected(await bench.session.send(orderTo(manifest.id, send, order)), bench);
      });
  };
  const refusedUnsent =
    (reason: string) =>
    async (outcome: SendOutcome, { provider }: Bench<Provider>): Promise<void> => {
      expect(outcome).toEqual({ kind: 'refused', reason, detail: expect.stringMatching(/\S/) });
      expect(await send.sent(provider)).toBe(0);
    };
  const { choices, text, replyWindow } = manifest.capabilities;
  const uncarried = uncarriedBy(manifest.capabilities);
  return [
    {
      name: 'gives an order to the provider once, and its id back',
      try: tried({}, async (outcome, { provider }) => {
        expect(outcome).toMatchObject({ kind: 'accepted', externalId: expect.stringMatching(/\S/) });
        expect(await send.sent(provider)).toBe(1);
      }),
    },
    {
      name: `says "${send.refusal.reason}" when the provider says no for certain`,
      try: () =>
        onBench(harness, async ({ session, provider }) => {
          const order = await send.refusal.arrange(orderTo(manifest.id, send), provider);
          expect(await session.send(order)).toEqual({
            kind: 'refused',
            reason: send.refusal.reason,
            detail: expect.stringMatching(/\S/),
          });
        }),
    },
    {
      name: 'throws when nobody knows whether it was sent, and does not send it again',
      try: unknownOutcome(harness, send),
    },
    {
      name: 'refuses a text that is too long, and never cuts it',
      try: text
        ? tried({ content: [{ type: 'text', text: tooLong(text) }] }, refusedUnsent('too_long'))
        : notApplicable('it sends no text'),
    },
    {
      name: 'refuses a free answer once the reply window is closed',
      try: replyWindow
        ? tried(
            {
              lastInboundAt: new Date(
                Date.now() - (Math.max(replyWindow.hours, replyWindow.humanHours ?? 0) + 1) * HOUR,
              ).toISOString(),
            },
            refusedUnsent('window_closed'),
          )
        : notApplicable('it always accepts a free answer'),
    },
    {
      name: 'carries as many answers to choose from, as long as it announces, and refuses one more',
      try: choices
        ? async () => {
            const asked = (count: number): Partial<Outbound> => ({
              content: [
                { type: 'text', text: 'a'.repeat(Math.min(choices.textMaxLength ?? 1_000, 1_000)) },
                ...choicesOf(choices, count),
              ],
            });
            await tried(asked(choices.max), async (outcome, { provider }) => {
              expect(outcome).toMatchObject({ kind: 'accepted' });
              expect(await send.sent(provider)).toBe(1);
            })();
            await tried(asked(choices.max + 1), refusedUnsent('unsupported_content'))();
            for (const wrong of [
              { id: 'i'.repeat(choices.idMaxLength + 1), title: 'Sì' },
              { id: 'yes', title: 't'.repeat(choices.titleMaxLength + 1) },
            ])
              await tried(
                {
                  content: [
                    { type: 'text', text: 'Va bene?' },
                    { type: 'choice', ...wrong },
                  ],
                },
                refusedUnsent('too_long'),
              )();
          }
        : notApplicable('it offers no answers to choose from'),
    },
    {
      name: 'refuses what it cannot carry instead of leaving it out',
      try: uncarried
        ? tried(
            { content: [{ type: 'text', text: 'Ci sentiamo così:' }, uncarried] },
            refusedUnsent('unsupported_content'),
          )
        : notApplicable('it carries everything'),
    },
  ];
}

const uncarriedBy = ({ location, dial }: Capabilities): Part | undefined => {
  if (!location) return { type: 'location', latitude: 44.4949, longitude: 11.3426 };
  return dial ? undefined : { type: 'dial', operatorAddress: '+390510000009' };
};

/** So many answers, each as long as it may be. */
const choicesOf = ({ idMaxLength, titleMaxLength }: ChoicesCapability, count: number): Part[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'choice',
    id: `${index}-`.padEnd(idMaxLength, 'i'),
    title: `${index} `.padEnd(titleMaxLength, 't'),
  }));

const cannotSend = <Config extends object, Provider>(harness: ChannelHarness<Config, Provider>): Behaviour => ({
  name: 'says in its manifest that it cannot send, and refuses an order all the same',
  try: () =>
    onBench(harness, async ({ session }) => {
      const { id, capabilities } = harness.channel.manifest;
      expect([capabilities.reply ?? false, capabilities.initiate ?? false]).toEqual([false, false]);
      const account = session.accounts[0] ?? '';
      const order = orderTo(id, { order: { account, conversation: 'any', to: { kind: 'any', value: 'any' } } });
      expect(await session.send(order)).toMatchObject({ kind: 'refused', detail: expect.stringMatching(/\S/) });
    }),
});

const unknownOutcome = <Config extends object, Provider>(
  harness: ChannelHarness<Config, Provider>,
  { unknown, ...send }: SendHarness<Provider>,
): (() => Promise<void>) | NotApplicable =>
  isNotApplicable(unknown)
    ? unknown
    : () =>
        onBench(harness, async ({ session, provider }) => {
          const order = await unknown(orderTo(harness.channel.manifest.id, send), provider);
          await expect(session.send(order)).rejects.toThrow();
          expect(await send.sent(provider)).toBeLessThanOrEqual(1);
        });

/** The suite's order: a person answers a citizen who wrote a minute ago. */
const orderTo = (
  channel: string,
  { order }: Pick<SendHarness<never>, 'order'>,
  changes: Partial<Outbound> = {},
): Outbound => ({
  id: v7(),
  attempt: 1,
  channel,
  author: 'operator',
  visibility: 'parties',
  content: [{ type: 'text', text: 'Buongiorno, la buca sarà riparata entro venerdì.' }],
  thread: { token: 'spec-token-1' },
  lastInboundAt: new Date(Date.now() - 60_000).toISOString(),
  queuedAt: new Date().toISOString(),
  ...order,
  ...changes,
});

/** Characters of one segment of a long SMS-like text, in the widest alphabet. */
const SEGMENT = 153;
const tooLong = ({ maxLength, unit }: TextCapability): string =>
  'a'.repeat((unit === 'segments' ? maxLength * SEGMENT : maxLength) + 1);
