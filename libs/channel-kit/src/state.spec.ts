import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Bus } from '@filodiretto/bus';
import { eventually, NatsServer } from '@filodiretto/bus/testing';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { createLogger } from '@filodiretto/platform';
import { MemoryNames } from './memory-names.js';
import { ChannelState } from './state.js';

jest.setTimeout(60_000);

describe('the memory of a channel that several processes share', () => {
  const nats = new NatsServer();
  const buses: Bus[] = [];
  const memory = async (
    channel = 'spec',
    secrets: readonly [string, ...string[]] = ['a key of the spec'],
  ): Promise<ChannelState> => {
    const bus = await Bus.connect({
      servers: [nats.url],
      name: 'memory',
      limits: { replicas: 1, maxBytes: 4_000_000_000 },
      production: false,
      log: createLogger('spec', 'silent'),
    });
    buses.push(bus);
    return new ChannelState(bus, new MemoryNames(channel, secrets));
  };
  let here: ChannelState;
  let there: ChannelState;

  beforeAll(() => nats.start());
  afterAll(async () => {
    await nats.kill();
    nats.wipe();
  });
  beforeEach(async () => {
    [here, there] = await Promise.all([memory(), memory()]);
  });
  afterEach(() => Promise.all(buses.splice(0).map(bus => bus.close())));

  it('loses no change of those made at once', async () => {
    const add = (state: ChannelState, word: string) => state.change<string[]>('words', was => [...(was ?? []), word]);
    const words = Array.from({ length: 20 }, (_, index) => `word-${index}`);
    await Promise.all(words.map((word, index) => add(index % 2 ? here : there, word)));
    expect((await here.get<string[]>('words'))?.sort()).toEqual([...words].sort());
  });

  it('forgets what is over, and not what somebody wrote meanwhile', async () => {
    await here.set('talk', { until: 1 });
    const isOver = ({ until }: { until: number }): boolean => until < 10;
    // Each reads it as it was, and one of them writes before the other deletes.
    const raced = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const key = `talk-${index}`;
        await here.set(key, { until: 1 });
        const [went] = await Promise.all([
          here.forget(key, isOver),
          there.change<{ until: number }>(key, () => ({ until: 100 })),
        ]);
        return { went, left: await there.get<{ until: number }>(key) };
      }),
    );
    for (const { left } of raced) expect(left).toEqual({ until: 100 });
    expect(await here.forget('talk', isOver)).toBe(true);
    expect([await there.get('talk'), await here.forget('talk', isOver)]).toEqual([undefined, false]);
    await here.set('new', { until: 100 });
    expect([await here.forget('new', isOver), await here.get('new')]).toEqual([false, { until: 100 }]);
  });

  it('writes nothing when nothing changes, and writes what was deleted anew', async () => {
    await here.set('one', 1);
    const told: string[] = [];
    const abort = new AbortController();
    const watching = there.watch(key => told.push(key), abort.signal);
    await eventually(async () => {
      await here.set('begin', Date.now());
      return told.includes('begin') || undefined;
    });
    expect(await here.change<number>('one', was => was ?? 0)).toBe(1);
    await here.delete('one');
    expect(await here.change<number>('one', was => (was ?? 0) + 5)).toBe(5);
    await eventually(() => Promise.resolve(told.filter(key => key === 'one').length >= 2 || undefined));
    expect(told.filter(key => key === 'one')).toHaveLength(2);
    abort.abort();
    await watching;
  });

  /** The names that the server tells to whoever may ask about the bucket: words of values that are there, not of those that went. */
  const namesTold = async (channel: string): Promise<string[]> => {
    const names: string[] = [];
    for await (const name of await (await bucketOf()).keys(`${channel}.>`)) names.push(name);
    return names;
  };
  const bucketOf = () => {
    const [bus] = buses;
    if (!bus) throw new Error('no bus');
    return bus.bucket(STATE_BUCKET);
  };
  const NUMBER = 'opted-out/+393471234567';

  it('has names that say nothing of whom they are about, and says its own words all the same', async () => {
    const channel = 'sealed';
    const state = await memory(channel);
    await state.set(NUMBER, { at: 1 });
    for (const name of await namesTold(channel)) {
      expect(name).toMatch(/^sealed\.s\.[\w-]+$/);
      expect(Buffer.from(name.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('3471234567');
    }
    expect([await state.keys('opted-out/'), await state.keys('other/')]).toEqual([[NUMBER], []]);
    // Who has another key finds nothing, and understands nothing.
    const stranger = await memory(channel, ['a key of somebody else']);
    expect([await stranger.get(NUMBER), await stranger.keys('')]).toEqual([undefined, []]);
  });

  it('finds what was kept in clear or under the key before, changes it, and leaves it under its new name alone', async () => {
    const channel = 'moving';
    const bucket = await bucketOf();
    const clear = (words: string): string => `${channel}.${Buffer.from(words).toString('base64url')}`;
    await bucket.put(clear(NUMBER), JSON.stringify(1));
    await bucket.put(clear('cursor'), JSON.stringify(7));
    await (await memory(channel, ['the key before of the spec'])).set('words', ['first']);
    const both = await Promise.all(
      [0, 1].map(() => memory(channel, ['the key now of the spec', 'the key before of the spec'])),
    );
    const [one, other] = both;
    // Two processes, each while the other moves.
    await Promise.all(
      both.flatMap((state, process) =>
        [1, 2, 3].map(nth => state.change<string[]>('words', was => [...(was ?? []), `${process}-${nth}`])),
      ),
    );
    const words = ['0-1', '0-2', '0-3', '1-1', '1-2', '1-3', 'first'];
    expect((await one?.get<string[]>('words'))?.sort()).toEqual(words);
    expect([await other?.get(NUMBER), await one?.get('cursor')]).toEqual([1, 7]);
    await one?.delete('cursor');
    await eventually(async () => (await namesTold(channel)).every(name => name.startsWith('moving.s.')) || undefined);
    const alone = await memory(channel, ['the key now of the spec']);
    expect((await alone.get<string[]>('words'))?.sort()).toEqual(words);
    expect([await alone.get(NUMBER), await alone.get('cursor')]).toEqual([1, undefined]);
    expect((await alone.keys('')).sort()).toEqual([NUMBER, 'words']);
  });

  it('tells of its own keys, and not of those of another channel', async () => {
    const other = await memory('other');
    const told: string[] = [];
    const abort = new AbortController();
    const watching = here.watch(key => told.push(key), abort.signal);
    await eventually(async () => {
      await other.set('theirs', Date.now());
      await there.set('ours/é', Date.now());
      return told.includes('ours/é') || undefined;
    });
    expect(told).not.toContain('theirs');
    abort.abort();
    await watching;
  });
});
