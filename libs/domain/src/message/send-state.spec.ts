import { describe, expect, it } from '@jest/globals';
import { SEND_STATES, type SendState } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { advance, mayRetry, SEND_RANK } from './send-state.js';

const state = fc.constantFrom(...SEND_STATES);

describe('the state of a sent message', () => {
  it.each<[SendState, SendState, SendState]>([
    ['queued', 'sending', 'sending'],
    ['sending', 'unknown', 'unknown'],
    ['unknown', 'accepted', 'accepted'],
    ['unknown', 'failed', 'failed'],
    ['accepted', 'unknown', 'accepted'],
    ['sent', 'failed', 'failed'],
    ['failed', 'sent', 'failed'],
    ['failed', 'delivered', 'delivered'],
    ['delivered', 'failed', 'delivered'],
    ['delivered', 'read', 'read'],
    ['read', 'sent', 'read'],
    ['read', 'delivered', 'read'],
  ])('after %s, the news %s make it %s', (current, next, after) => {
    expect(advance(current, next)).toBe(after);
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(state, state, (current, next) => {
        expect(SEND_RANK[advance(current, next)]).toBeGreaterThanOrEqual(SEND_RANK[current]);
      }),
    );
  });

  it('is the same in whatever order and however many times the news arrive', () => {
    fc.assert(
      fc.property(
        fc
          .array(state)
          .chain(news =>
            fc.tuple(fc.constant(news), fc.shuffledSubarray([...news, ...news], { minLength: news.length * 2 })),
          ),
        ([news, shuffled]) => {
          expect(shuffled.reduce(advance, 'queued')).toBe(news.reduce(advance, 'queued'));
        },
      ),
    );
  });

  it('has a rank of its own for each state', () => {
    expect(new Set(Object.values(SEND_RANK)).size).toBe(SEND_STATES.length);
  });

  it('lets only a failed or unknown message be tried again', () => {
    expect(SEND_STATES.filter(mayRetry)).toEqual(['failed', 'unknown']);
  });
});
