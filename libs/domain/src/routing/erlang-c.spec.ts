import { describe, expect, it } from '@jest/globals';
import { match } from './choose.js';
import { withWork, type Answerer, type Work } from './eligible.js';
import { erlangC } from './erlang-c.js';
import { anAnswerer, aQueue, aWork } from './testing.js';

describe('Erlang C', () => {
  it.each([
    [736.667, 240, 50, 20, 49.11, 0.8553, 0.2057, 230.95],
    [736.667, 240, 52, 20, 49.11, 0.5879, 0.5379, 48.84],
    [736.667, 240, 55, 20, 49.11, 0.3135, 0.8081, 12.78],
    [736.667, 240, 57, 20, 49.11, 0.1965, 0.8982, 5.98],
    [736.667, 240, 60, 20, 49.11, 0.0901, 0.9636, 1.99],
    [736.667, 240, 56, 30, 49.11, 0.2495, 0.8946, 8.69],
    [221, 480, 35, 20, 29.47, 0.2403, 0.8092, 20.84],
  ])(
    '%d calls an hour of %d s, %d operators, within %d s',
    (callsPerHour, handlingSeconds, operators, seconds, erlangs, waits, level, average) => {
      const expected = erlangC({ callsPerHour, handlingSeconds, operators });
      expect(expected.erlangs).toBeCloseTo(erlangs, 2);
      expect(expected.waits).toBeCloseTo(waits, 4);
      expect(expected.serviceLevel(seconds)).toBeCloseTo(level, 4);
      expect(Math.abs(expected.averageSeconds - average)).toBeLessThan(0.01);
    },
  );

  it('has no answer when there are too few operators', () => {
    expect(() => erlangC({ callsPerHour: 737, handlingSeconds: 240, operators: 49 })).toThrow(RangeError);
  });
});

/** Mulberry32: the same seed, the same day. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A day of calls given out by the engine on a clock of its own: who waited how long, in seconds. */
function day(
  seed: number,
  { callsPerHour, handlingSeconds, operators: people }: Parameters<typeof erlangC>[0],
): number[] {
  const random = randomOf(seed);
  const after = (meanSeconds: number): number => -Math.log(1 - random()) * meanSeconds * 1_000;
  const queue = aQueue({ scoring: { perPriority: 30, perMinute: 1, ofDue: 0, dueWithinSeconds: 0 } });
  let operators: Answerer[] = Array.from({ length: people }, (_, index) =>
    anAnswerer({ id: `o${String(index).padStart(2, '0')}`, heartbeatAt: Number.MAX_SAFE_INTEGER }),
  );
  const ends = new Map<string, number>();
  const waits: number[] = [];
  let waiting: Work[] = [];
  let next = after(3_600 / callsPerHour);
  for (let now = 0, calls = 0; now < 86_400_000;) {
    const [free = '', end = Infinity] = [...ends].reduce<[string?, number?]>(
      (first, one) => (one[1] < (first[1] ?? Infinity) ? one : first),
      [],
    );
    now = Math.min(next, end);
    if (end <= next) {
      ends.delete(free);
      operators = operators.map(one =>
        one.id === free ? { ...one, load: 0, inHand: {}, exclusive: 0, firm: 0, idleSince: now } : one,
      );
    } else {
      calls += 1;
      waiting.push(
        aWork({
          id: `c${String(calls).padStart(6, '0')}`,
          channel: 'calls',
          weight: 100,
          exclusive: true,
          interruptible: false,
          virtualStart: now,
        }),
      );
      next = now + after(3_600 / callsPerHour);
    }
    if (waiting.length === 0 || ends.size === people) continue;
    const { offers, left } = match(waiting.slice(0, 50), operators, queue, now);
    waiting = [...left.map(({ work }) => work), ...waiting.slice(50)];
    for (const { work, operators: chosen } of offers) {
      operators = operators.map(one => (chosen.includes(one.id) ? withWork(one, work, now) : one));
      for (const id of chosen) ends.set(id, now + after(handlingSeconds));
      waits.push((now - work.virtualStart) / 1_000);
    }
  }
  return waits;
}

describe("a day at Milan's peak through the engine", () => {
  const peak = { callsPerHour: 736.667, handlingSeconds: 240, operators: 55 };
  const within = (waits: readonly number[], seconds: number): number =>
    waits.filter(wait => wait <= seconds).length / waits.length;

  it.each([20261125, 7])('has the service level that the formula expects, within a tenth (seed %d)', seed => {
    const waits = day(seed, peak);
    const expected = erlangC(peak).serviceLevel(20);
    expect(waits.length).toBeGreaterThan(17_000);
    expect(Math.abs(within(waits, 20) - expected) / expected).toBeLessThan(0.1);
  });

  it('falls with two operators fewer as the formula says', () => {
    const fewer = { ...peak, operators: 52 };
    const levels = [1, 2].map(seed => within(day(seed, fewer), 20));
    const mean = levels.reduce((sum, one) => sum + one, 0) / levels.length;
    expect(Math.abs(mean - erlangC(fewer).serviceLevel(20))).toBeLessThan(0.1);
  });
});
