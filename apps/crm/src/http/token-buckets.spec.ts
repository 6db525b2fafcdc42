import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBuckets } from './token-buckets.js';

describe('the pace of requests', () => {
  it('lets a burst pass, then one for each share of a second', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 }, () => now);
    expect([1, 2, 3, 4].map(() => buckets.take('anna'))).toEqual([0, 0, 0, 1]);
    now += 500;
    expect([buckets.take('anna'), buckets.take('anna')]).toEqual([0, 1]);
  });

  it('says for how long to wait, in whole seconds', () => {
    const buckets = new TokenBuckets({ perSecond: 0.1, burst: 1 }, () => 0);
    expect([buckets.take('anna'), buckets.take('anna'), buckets.look('anna')]).toEqual([0, 10, 10]);
  });

  it('is each one’s own', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => 0);
    expect([buckets.take('anna'), buckets.take('bruno'), buckets.take('anna')]).toEqual([0, 0, 1]);
  });

  it('forgets who was quiet the longest rather than grow without end', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 2 }, () => 0);
    buckets.take('first');
    for (let index = 0; index < 20_000; index += 1) buckets.take(`name ${index}`);
    expect([buckets.has('first'), buckets.has('name 0'), buckets.has('name 19999')]).toEqual([false, true, true]);
  });

  it('never lets pass more than the burst and what the time since gave', () => {
    const pace = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(pace, fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }), (of, pauses) => {
        let now = 0;
        const buckets = new TokenBuckets(of, () => now);
        let passed = 0;
        for (const pause of pauses) {
          now += pause;
          if (buckets.take('anna') === 0) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(of.burst + (now / 1_000) * of.perSecond + 1e-6);
      }),
    );
  });
});
