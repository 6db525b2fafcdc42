import { expect } from '@jest/globals';
import type { Reception } from '@filodiretto/platform';
import type { Publication } from '../facts.js';
import { onBench, said, stable, wordsOf, type Behaviour, type Bench } from './behaviour.js';
import { fixturesIn, goldenOf, type Fixture } from './goldens.js';
import { isNotApplicable, type ChannelHarness, type Delivery } from './harness.js';

/** What is read of a delivery: the same for ever, whole, and as the contract allows. */
export function reading<Config extends object, Provider>(harness: ChannelHarness<Config, Provider>): Behaviour[] {
  const fixtures = fixturesIn(harness.fixtures);
  const { batches, unknownKind } = harness;
  return [
    {
      name: 'has recorded payloads',
      try: () => {
        expect(fixtures).not.toHaveLength(0);
        return Promise.resolve();
      },
    },
    ...fixtures.map(fixture => ({
      name: `reads ${fixture.file} as its golden says, twice, and as the contract allows`,
      try: () => onBench(harness, bench => readsAsGolden(bench, harness.channel.manifest.id, fixture)),
    })),
    {
      name: 'reads a message with its words, its person and its conversation',
      try: () =>
        onBench(harness, async ({ host, deliver }) => {
          await deliver(await harness.say(said(1)));
          expect(host.unreadable).toEqual([]);
          expect(host.messages).toHaveLength(1);
          const [message] = host.messages;
          expect(message && wordsOf(message)).toContain('messaggio numero 1');
          expect(message?.author).toBe('contact');
        }),
    },
    {
      name: 'lets every item of a batch arrive, in order',
      try: isNotApplicable(batches)
        ? batches
        : () =>
            onBench(harness, async ({ host, deliver }) => {
              await deliver(await harness.say(said(5)));
              expect(host.unreadable).toEqual([]);
              expect(host.messages.map(one => /numero (\d)/.exec(wordsOf(one))?.[1])).toEqual([
                '1',
                '2',
                '3',
                '4',
                '5',
              ]);
              expect(new Set(host.messages.map(one => one.id)).size).toBe(5);
            }),
    },
    {
      name: 'shows an unknown kind of message as unsupported, and is not upset by it',
      try: isNotApplicable(unknownKind)
        ? unknownKind
        : () =>
            onBench(harness, async ({ host, deliver }) => {
              await deliver(await unknownKind());
              expect(host.unreadable).toEqual([]);
              expect(host.messages.flatMap(one => one.content.map(part => part.type))).toContain('unsupported');
            }),
    },
    {
      name: 'survives a delivery without a byte: it is explained, not lost',
      try: () =>
        onBench(harness, async ({ host }) => {
          const { account, mediaType } = harness.fixtures;
          await host.receive(new Uint8Array(), { account, mediaType });
          expect(host.publications).toHaveLength(1);
          expect(host.notAllowed).toEqual([]);
        }),
    },
  ];
}

async function readsAsGolden<Provider>(bench: Bench<Provider>, channel: string, fixture: Fixture): Promise<void> {
  const reception = await receptionOf(bench, channel, fixture.delivery);
  const first = await bench.host.read(reception, fixture.delivery.raw);
  const second = await bench.host.read(reception, fixture.delivery.raw);
  expect(bench.host.notAllowed).toEqual([]);
  expect(idsOf(second)).toEqual(idsOf(first));
  const read = stable(first);
  expect(read).toEqual(goldenOf(fixture, read));
}

const idsOf = (publications: readonly Publication[]): string[] => publications.map(one => one.id);

/** A reception whose id and time are the same in every run. */
const receptionOf = async <Provider>(
  { host }: Bench<Provider>,
  channel: string,
  delivery: Delivery,
): Promise<Reception> => ({
  id: '019bc14e-7a00-7000-8000-000000000001',
  channel,
  account: delivery.account,
  raw: await host.keep(delivery.raw, delivery.mediaType),
  receivedAt: '2026-01-15T12:00:00.000Z',
  about: delivery.about ?? {},
});
