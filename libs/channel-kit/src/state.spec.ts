import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Bus } from '@filodiretto/bus';
import { eventually, NatsServer } from '@filodiretto/bus/testing';
import { createLogger } from '@filodiretto/platform';
import { ChannelState } from './state.js';

jest.setTimeout(60_000);

describe('the memory of a channel that several processes share', () => {
  const nats = new NatsServer();
  const buses: Bus[] = [];
  const memory = async (channel = 'spec'): Promise<ChannelState> => {
    const bus = await Bus.connect({
      servers: [nats.url],
      name: 'memory',
      limits: { replicas: 1, maxBytes: 4_000_000_000 },
      production: false,
      log: createLogger('spec', 'silent'),
    });
    buses.push(bus);
    return new ChannelState(bus, channel);
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
