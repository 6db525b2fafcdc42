import { describe, expect, it } from '@jest/globals';
import { memoryHost } from '@filodiretto/channel-kit/testing';
import type { NewCall } from '../provider.js';
import { roadTo } from '../road.js';
import { Hunt } from './hunt.js';
import { Line, type CallbackWork } from './line.js';
import { Operators } from './operators.js';

const BEGAN = Date.parse('2026-01-12T09:00:00Z');
const MINUTE = 60_000;

/** A queue, whose clock stands still until it is moved, and telephones that only note that they rang. */
function queueOf(numbers: readonly string[]) {
  const host = memoryHost({ channel: 'phone' });
  const world = {
    at: BEGAN,
    open: true,
    rung: [] as string[],
    ended: [] as string[],
    statuses: new Map<string, string>(),
  };
  const now = (): Date => new Date(world.at);
  const line = new Line(host.state, now);
  const operators = new Operators(new Map([['urp', numbers]]), now);
  const provider = {
    call: async ({ to }: NewCall) => {
      world.rung.push(to);
      return `leg-${world.rung.length}`;
    },
    endCall: async (leg: string) => void world.ended.push(leg),
    callStatus: async (leg: string) => world.statuses.get(leg),
  };
  const hunt = new Hunt({
    provider,
    log: host.log,
    road: roadTo('https://citta.example'),
    line,
    operators,
    from: '+390550000100',
    isOpen: () => world.open,
    now,
  });
  const since = (minute: number): string => new Date(BEGAN + minute * MINUTE).toISOString();
  const callback = (call: string, minute: number): CallbackWork => ({
    call,
    queue: 'urp',
    number: '+393471000001',
    account: '+390550000100',
    language: 'it-IT',
    since: since(minute),
    tries: 0,
  });
  return { world, line, operators, hunt, since, callback };
}

describe('a line', () => {
  it('serves callers and callbacks in the order in which their waiting began', async () => {
    const { line, since, callback } = queueOf([]);
    await line.join('urp', 'second', since(2));
    await line.askCallback(callback('first', 1));
    await line.askCallback(callback('third', 3));
    expect(await line.claimFirst('urp', 'a')).toMatchObject({ call: 'first' });
    expect(await line.claimFirst('urp', 'b')).toBe('caller');
    expect(await line.claimFirst('urp', 'c')).toMatchObject({ call: 'third' });
    expect(await line.claimFirst('urp', 'd')).toBeUndefined();
  });

  it('gives ten operators who accept at once ten different persons', async () => {
    const { line, callback } = queueOf([]);
    for (let at = 0; at < 10; at += 1) await line.askCallback(callback(`call-${at}`, at));
    const claimed = await Promise.all(Array.from({ length: 11 }, (_, at) => line.claimFirst('urp', `leg-${at}`)));
    const calls = claimed.flatMap(one => (typeof one === 'object' ? one.call : []));
    expect(new Set(calls).size).toBe(10);
    expect(claimed.filter(one => one === undefined)).toHaveLength(1);
  });

  it('gives the same leg the same person again', async () => {
    const { line, callback } = queueOf([]);
    await line.askCallback(callback('one', 1));
    await line.askCallback(callback('two', 2));
    expect(await line.claimFirst('urp', 'leg')).toMatchObject({ call: 'one' });
    expect(await line.claimFirst('urp', 'leg')).toMatchObject({ call: 'one' });
  });

  it('keeps the place of a callback that nobody answered, rests before the next try, and gives up after five', async () => {
    const { line, world, since, callback } = queueOf([]);
    await line.askCallback(callback('one', 1));
    for (let tries = 1; tries <= 5; tries += 1) {
      expect(await line.claimFirst('urp', `leg-${tries}`)).toMatchObject({ call: 'one', since: since(1) });
      await line.release('urp', `leg-${tries}`);
      expect(await line.claimFirst('urp', 'too-early')).toBeUndefined();
      expect((await line.callback('urp', 'one'))?.tries).toBe(tries < 5 ? tries : undefined);
      world.at += tries * 5 * MINUTE;
    }
    expect(await line.claimFirst('urp', 'leg-6')).toBeUndefined();
  });
});

describe('a hunt', () => {
  it('rings one operator for each person who waits, the longest idle first', async () => {
    const { hunt, world, operators, since } = queueOf(['a', 'b', 'c']);
    await hunt.join('urp', 'one', since(0));
    await hunt.seek('urp');
    expect(world.rung).toEqual(['a']);
    operators.accepted('a', 'leg-1');
    await hunt.leave('urp', 'one');
    await hunt.ended('a', 'urp', 'leg-1');
    world.at += MINUTE;
    await hunt.join('urp', 'two', since(1));
    await hunt.join('urp', 'three', since(1));
    await hunt.seek('urp');
    expect(world.rung).toEqual(['a', 'b', 'c']);
  });

  it('leaves who missed an offer alone, longer each time', async () => {
    const { hunt, world, since } = queueOf(['a']);
    await hunt.join('urp', 'one', since(0));
    await hunt.seek('urp');
    for (const seconds of [30, 60, 90]) {
      const times = world.rung.length;
      await hunt.ended('a', 'urp', `leg-${times}`);
      await hunt.seek('urp');
      world.at += seconds * 1_000 - 1;
      await hunt.seek('urp');
      expect(world.rung).toHaveLength(times);
      world.at += 1;
      await hunt.seek('urp');
      expect(world.rung).toHaveLength(times + 1);
    }
  });

  it('withdraws the offer when nobody waits any more, and holds that against nobody', async () => {
    const { hunt, world, since } = queueOf(['a', 'b']);
    await hunt.join('urp', 'one', since(0));
    await hunt.join('urp', 'two', since(0));
    await hunt.seek('urp');
    await hunt.leave('urp', 'two');
    await hunt.seek('urp');
    expect(world.ended).toEqual(['leg-2']);
    await hunt.join('urp', 'three', since(0));
    await hunt.seek('urp');
    expect(world.rung).toEqual(['a', 'b', 'b']);
  });

  it('does not withdraw what was accepted', async () => {
    const { hunt, world, operators, since } = queueOf(['a']);
    await hunt.join('urp', 'one', since(0));
    await hunt.seek('urp');
    operators.accepted('a', 'leg-1');
    await hunt.leave('urp', 'one');
    await hunt.seek('urp');
    expect(world.ended).toEqual([]);
  });

  it('rings nobody when the office is closed, and estimates nothing', async () => {
    const { hunt, world, line, since, callback } = queueOf(['a']);
    await line.talked('urp', 300);
    expect(await hunt.minutes('urp', 2)).toBe(10);
    world.open = false;
    await line.askCallback(callback('one', 0));
    await hunt.join('urp', 'two', since(0));
    await hunt.seek('urp');
    expect(world.rung).toEqual([]);
    expect(await hunt.minutes('urp', 2)).toBeUndefined();
    world.open = true;
    await hunt.look();
    expect(world.rung).toEqual(['a']);
  });

  it('counts who missed two offers in a row as away', async () => {
    const { hunt, world, line, since } = queueOf(['a', 'b']);
    await line.talked('urp', 600);
    expect(await hunt.minutes('urp', 2)).toBe(10);
    await hunt.join('urp', 'one', since(0));
    await hunt.seek('urp');
    await hunt.ended('a', 'urp', 'leg-1');
    await hunt.seek('urp');
    world.at += MINUTE;
    await hunt.ended('b', 'urp', 'leg-2');
    await hunt.seek('urp');
    await hunt.ended('a', 'urp', 'leg-3');
    expect(await hunt.minutes('urp', 2)).toBe(20);
  });

  it('lets go of a caller who was not heard for two minutes, though their end was never told', async () => {
    const { hunt, world, line, since } = queueOf([]);
    await hunt.join('urp', 'gone', since(0));
    await hunt.join('urp', 'there', since(0));
    world.at += 2 * MINUTE;
    hunt.heardOf('there');
    world.at += 1;
    await hunt.look();
    expect((await line.waiting('urp')).map(one => one.call)).toEqual(['there']);
  });

  it('asks the provider after a leg whose end was never told, and gives back whom it held', async () => {
    const { hunt, world, line, operators, callback } = queueOf(['a']);
    await line.askCallback(callback('one', 0));
    await hunt.seek('urp');
    operators.accepted('a', 'leg-1');
    await line.claimFirst('urp', 'leg-1');
    world.statuses.set('leg-1', 'in-progress');
    world.at += 2 * MINUTE;
    await hunt.look();
    expect((await line.callback('urp', 'one'))?.claim).toBeDefined();
    world.statuses.set('leg-1', 'completed');
    world.at += 2 * MINUTE;
    await hunt.look();
    expect(await line.callback('urp', 'one')).toMatchObject({ tries: 1 });
    expect((await line.callback('urp', 'one'))?.claim).toBeUndefined();
  });

  it('calls nobody a second time whom an operator was calling when the process ended', async () => {
    const { line, hunt, world, callback } = queueOf(['a']);
    await line.askCallback(callback('one', 0));
    // What another process had claimed.
    await line.claimFirst('urp', 'leg-of-before');
    world.statuses.set('leg-of-before', 'in-progress');
    world.at += 5 * MINUTE;
    await hunt.look();
    expect(world.rung).toEqual([]);
    world.statuses.delete('leg-of-before');
    world.at += 2 * MINUTE;
    await hunt.look();
    expect(await line.callback('urp', 'one')).toMatchObject({ tries: 1 });
  });
});
