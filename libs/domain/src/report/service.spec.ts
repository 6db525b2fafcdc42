import { describe, expect, it } from '@jest/globals';
import { serviceShown, type OfficeServed } from './service.js';

const office = (id: string, people: number, came: number): OfficeServed => ({
  id,
  people,
  served: {
    came,
    taken: came,
    due: came,
    inTime: came - 1,
    waited: came * 60,
    calls: 2,
    answered: 1,
    abandoned: 1,
    rang: 10,
  },
});

describe('the service of offices', () => {
  it.each([
    ['each by itself where five work', false, [office('a', 5, 10), office('b', 9, 4)], ['a', 'b'], 14, false],
    [
      'a small one in no figure, or the total would tell of it',
      false,
      [office('a', 5, 10), office('b', 4, 7)],
      ['a'],
      10,
      true,
    ],
    ['small ones together once they are five', false, [office('a', 3, 10), office('b', 2, 7)], [], 17, true],
    ['one by one where that is authorised', true, [office('a', 1, 10), office('b', 2, 7)], ['a', 'b'], 17, false],
    ['nothing where there is nothing', false, [], [], 0, false],
  ] as const)('shows %s', (_, authorized, offices, shown, came, withheld) => {
    const told = serviceShown(offices, authorized);
    expect([[...told.shown], told.total.came, told.withheld]).toEqual([[...shown], came, withheld]);
  });

  it('sums what averages are made of', () => {
    expect(serviceShown([office('a', 5, 10), office('b', 6, 20)], false).total).toEqual({
      came: 30,
      taken: 30,
      due: 30,
      inTime: 28,
      waited: 1_800,
      calls: 4,
      answered: 2,
      abandoned: 2,
      rang: 20,
    });
  });
});
