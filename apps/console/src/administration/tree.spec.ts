import { describe, expect, it } from '@jest/globals';
import { hoursOf, slotsOf } from './slots.js';
import { treeOf } from './tree.js';

const office = (id: string, parent?: string) => ({
  id,
  code: id,
  name: id,
  kind: 'office' as const,
  tier: 2,
  active: true,
  ...(parent === undefined ? {} : { parent }),
});

describe('the tree of offices', () => {
  it('puts each office below the one it belongs to, however the list is ordered', () => {
    const rows = treeOf([office('team', 'works'), office('works', 'city'), office('city'), office('taxes', 'city')]);
    expect(rows.map(({ id, depth }) => `${depth} ${id}`)).toEqual(['0 city', '1 works', '2 team', '1 taxes']);
  });
  it('loses none whose office above is not seen', () => {
    expect(treeOf([office('team', 'hidden')]).map(({ id, depth }) => [id, depth])).toEqual([['team', 0]]);
  });
});

describe('the hours of an office', () => {
  const hours = [
    { opening: [{ weekday: 1, from: '08:30', to: '13:00' }] },
    { channel: 'one', opening: [{ weekday: 2, from: '09:00', to: '12:00' }] },
    { channel: 'two', opening: [] },
  ];
  it('are the same after they were shown and not changed, also for a channel that is never open', () => {
    expect(hoursOf(slotsOf(hours), hours)).toEqual(hours);
  });
  it('of a channel that was shut are those that were added', () => {
    const slots = [...slotsOf(hours), { channel: 'two', weekday: 3, from: '10:00', to: '11:00' }];
    expect(hoursOf(slots, hours).at(-1)).toEqual({
      channel: 'two',
      opening: [{ weekday: 3, from: '10:00', to: '11:00' }],
    });
  });
});
