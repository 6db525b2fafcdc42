import { describe, expect, it } from '@jest/globals';
import { chanceOf, spikesOf, usualOf, type Gathering } from './spike.js';

const cases = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `case ${from + index}`);
const area = (id: string, now: readonly string[], before: readonly number[] = QUIET): Gathering => ({
  category: 'lights',
  where: { kind: 'area', id },
  cases: now,
  before,
});
const office = (id: string, now: readonly string[], before: readonly number[] = QUIET): Gathering => ({
  ...area(id, now, before),
  where: { kind: 'office', id },
});
const QUIET = [0, 0, 0, 0, 0, 0, 0, 0];
const BUSY = [10, 12, 9, 11, 10, 8, 10, 10];

const told = (gatherings: readonly Gathering[]): string[] =>
  spikesOf(gatherings).map(({ where, cases: { length } }) => `${where.kind} ${where.id}: ${length}`);

describe('a spike', () => {
  it.each([
    { now: 4, before: QUIET, is: false, why: 'four are chance, however quiet it was' },
    { now: 5, before: QUIET, is: true, why: 'five where there were none' },
    { now: 5, before: [1, 0, 2, 1, 0, 1, 1, 2], is: false, why: 'five where one came each week are not seldom enough' },
    { now: 7, before: [1, 0, 2, 1, 0, 1, 1, 2], is: true, why: 'seven where one came each week' },
    { now: 7, before: [0, 0, 0, 0, 0, 0, 0, 9], is: false, why: 'it was worse in one of the weeks before' },
    { now: 20, before: BUSY, is: false, why: 'twenty where ten are usual come by chance now and then' },
    { now: 22, before: BUSY, is: true, why: 'twenty-two where ten are usual do not' },
    { now: 480, before: [400, 400, 400], is: false, why: 'a fifth more is no spike, however surely it is no chance' },
    { now: 620, before: [400, 400, 400], is: true, why: 'half as many again' },
    { now: 5, before: [], is: false, why: 'nothing is known of the weeks before: one is taken for usual' },
    { now: 6, before: [], is: true, why: 'six where nothing is known' },
    { now: 0, before: QUIET, is: false, why: 'nothing came' },
  ])('of $now after $before: $is, $why', ({ now, before, is }) => {
    expect(spikesOf([area('north', cases(now), before)])).toHaveLength(is ? 1 : 0);
  });

  it('says how many are usual', () => {
    expect([usualOf([]), usualOf([0, 0, 0]), usualOf([4, 6, 8, 10])]).toEqual([1, 0.25, 7]);
    expect(spikesOf([area('north', cases(9), [1, 1, 1])])[0]?.usual).toBe(1);
  });

  it('is told first where it is most unusual', () => {
    expect(
      told([area('north', cases(30), BUSY), area('south', cases(6, 100)), area('west', cases(8, 200), [2, 1, 0, 2])]),
    ).toEqual(['area south: 6', 'area west: 8', 'area north: 30']);
  });

  it.each([
    {
      why: 'of the area, when its office has hardly any others',
      given: [office('roads', cases(10)), area('north', cases(8))],
      then: ['area north: 8'],
    },
    {
      why: 'of the office, when they are all over the town',
      given: [office('roads', cases(20)), area('north', cases(8)), area('south', cases(8, 8))],
      then: ['office roads: 20'],
    },
    {
      why: 'of an area and of an office, when they are different cases',
      given: [office('roads', cases(6)), area('north', cases(6, 50))],
      then: ['office roads: 6', 'area north: 6'],
    },
    {
      why: 'of each area, of an office whose every area has its own',
      given: [area('north', cases(6)), area('south', cases(6, 6))],
      then: ['area north: 6', 'area south: 6'],
    },
    {
      why: 'of each category by itself',
      given: [area('north', cases(6)), { ...office('roads', cases(6)), category: 'holes' }],
      then: ['area north: 6', 'office roads: 6'],
    },
  ])('is told once: $why', ({ given, then }) => {
    expect(told(given)).toEqual(then);
  });
});

describe('the chance of so many', () => {
  it.each([
    [0, 5, 1],
    [1, 1, 0.6321],
    [5, 1, 0.0037],
    [10, 10, 0.5421],
    [600, 400, 0],
  ])('of %d or more where %d are usual is %d', (count, usual, chance) => {
    expect(chanceOf(count, usual)).toBeCloseTo(chance, 4);
  });
});
