import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Bus } from '@filodiretto/bus';
import { eventually, NatsServer } from '@filodiretto/bus/testing';
import { STATE_BUCKET } from '@filodiretto/contracts';
import { createLogger } from '@filodiretto/platform';
import type { KV } from '@nats-io/kv';
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
    return memoryBy(bus, channel, secrets);
  };
  const memoryBy = (
    bus: Pick<Bus, 'bucket' | 'manager'>,
    channel: string,
    secrets: readonly [string, ...string[]] = ['a key of the spec'],
  ): ChannelState => new ChannelState(bus as Bus, new MemoryNames(channel, secrets), createLogger('spec', 'silent'));
  const clear = (channel: string, words: string): string => `${channel}.${Buffer.from(words).toString('base64url')}`;
  /** The same bus, where something happens before or after what is asked of the bucket. */
  const meddled = (
    bus: Bus,
    when: 'before' | 'after',
    call: 'put' | 'get',
    what: (kv: KV, name: string) => Promise<void>,
  ): Pick<Bus, 'bucket' | 'manager'> => ({
    manager: bus.manager,
    bucket: async bucketName =>
      new Proxy(await bus.bucket(bucketName), {
        get: (kv, own) => {
          const way: unknown = Reflect.get(kv, own);
          if (typeof way !== 'function') return way;
          if (own !== call) return way.bind(kv) as unknown;
          return async (...asked: unknown[]): Promise<unknown> => {
            if (when === 'before') await what(kv, String(asked[0]));
            const answer: unknown = await way.apply(kv, asked);
            if (when === 'after') await what(kv, String(asked[0]));
            return answer;
          };
        },
      }),
  });
  const once = (what: () => Promise<unknown>): (() => Promise<void>) => {
    let happened = false;
    return async () => {
      if (happened) return;
      happened = true;
      await what();
    };
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
  });

  it('remembers all the same when its key is lost', async () => {
    const channel = 'lost';
    const before = await memory(channel, ['a key that is lost']);
    await before.set(NUMBER, { at: 1 });
    await before.set('cursor', 7);
    await before.set('over', 1);
    const after = await memory(channel, ['a key of now']);
    await after.delete('over');
    expect([await after.get(NUMBER), await after.get('cursor'), await after.get('over')]).toEqual([
      { at: 1 },
      7,
      undefined,
    ]);
    expect(await after.keys('')).toEqual(['cursor', NUMBER].sort());
    await eventually(async () => (await namesTold(channel)).length === 2 || undefined);
    // All of it has its new name: it is understood without the words beside it.
    const names = new MemoryNames(channel, ['a key of now']);
    expect((await namesTold(channel)).map(name => names.wordsOf(name)).sort()).toEqual(['cursor', NUMBER].sort());
  });

  it('does not bring back what is forgotten while it is moved', async () => {
    const channel = 'forgotten';
    await (await bucketOf()).put(clear(channel, NUMBER), JSON.stringify(1));
    const other = await memory(channel);
    const [bus] = buses;
    if (!bus) throw new Error('no bus');
    const forgets = once(() => other.delete(NUMBER));
    const moving = memoryBy(meddled(bus, 'before', 'put', forgets), channel);
    expect(await moving.get(NUMBER)).toBeUndefined();
    expect([await (await memory(channel)).get(NUMBER), await namesTold(channel)]).toEqual([undefined, []]);
  });

  it('does not bring back what the core erases while it is moved', async () => {
    const channel = 'erased';
    const name = clear(channel, NUMBER);
    await (await bucketOf()).put(name, JSON.stringify(1));
    const [bus] = buses;
    if (!bus) throw new Error('no bus');
    const erases = once(() =>
      bus.manager.streams.purge(`KV_${STATE_BUCKET}`, { filter: `$KV.${STATE_BUCKET}.${name}` }),
    );
    const moving = memoryBy(meddled(bus, 'before', 'put', erases), channel);
    expect(await moving.get(NUMBER)).toBeUndefined();
    expect([await (await memory(channel)).get(NUMBER), await namesTold(channel)]).toEqual([undefined, []]);
  });

  it('finds what is there while somebody else moves it', async () => {
    const channel = 'found';
    const [bus] = buses;
    if (!bus) throw new Error('no bus');
    await (await bucketOf()).put(clear(channel, 'cursor'), JSON.stringify(7));
    const now = new MemoryNames(channel, ['a key of the spec']).name('cursor');
    // Nothing was under the new name yet; then all of the move happens; then the old name is looked under.
    let isMoved = false;
    const moves = async (kv: KV, name: string): Promise<void> => {
      if (isMoved || name !== now) return;
      isMoved = true;
      await kv.create(now, JSON.stringify({ words: 'cursor', value: 7 }));
      await kv.purge(clear(channel, 'cursor'));
    };
    expect(await memoryBy(meddled(bus, 'after', 'get', moves), channel).get('cursor')).toBe(7);
    expect(isMoved).toBe(true);
  });

  it('finds what was kept in clear or under the key before, changes it, and leaves it under its new name alone', async () => {
    const channel = 'moving';
    const bucket = await bucketOf();
    await bucket.put(clear(channel, NUMBER), JSON.stringify(1));
    await bucket.put(clear(channel, 'cursor'), JSON.stringify(7));
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
