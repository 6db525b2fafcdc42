import { describe, expect, it } from '@jest/globals';
import { ratedUntil, reasonsFor } from './survey.js';

describe('a service can be rated', () => {
  const endedAt = '2026-03-01T10:00:00.000Z';
  it.each([
    ['once it has an outcome', endedAt, 'positive', '2026-03-02T00:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    ['also when the answer was no', endedAt, 'negative', '2026-03-02T00:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    ['up to the last moment', endedAt, 'positive', '2026-03-31T10:00:00.000Z', '2026-03-31T10:00:00.000Z'],
    ['and not after', endedAt, 'positive', '2026-03-31T10:00:00.001Z', undefined],
    ['not while it goes on', null, null, '2026-03-02T00:00:00.000Z', undefined],
    ['not when there was nothing to answer', endedAt, 'not_applicable', '2026-03-02T00:00:00.000Z', undefined],
  ])('%s', (_, ended, outcome, now, until) => {
    expect(ratedUntil({ endedAt: ended, outcome }, now)).toBe(until);
  });
});

describe('reasons', () => {
  it.each([
    [3, ['technical_problems', 'clear_indications'], ['technical_problems']],
    [4, ['technical_problems', 'clear_indications'], ['clear_indications']],
    [1, [], []],
  ] as const)('of %i stars answer the question that was asked', (stars, said, kept) => {
    expect(reasonsFor(stars, said)).toEqual(kept);
  });
});
