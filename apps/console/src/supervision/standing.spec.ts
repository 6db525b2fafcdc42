import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '../api/client.js';
import { boardOf, isShort } from './standing.js';

const urp = { id: 'urp', name: 'URP' };
const works = { id: 'works', name: 'Lavori pubblici' };
const queue = (office: Schemas['OfficeRef'], waiting: number, free: number): Schemas['QueueView'] => ({
  office,
  strategy: 'pull',
  waiting,
  offered: 0,
  inHand: 0,
  available: free,
  free,
  ...(waiting > 0 ? { oldestWaitSeconds: 60 } : {}),
});

describe('the board of offices', () => {
  it('puts first where most wait, and leaves out offices with nothing', () => {
    const rows = boardOf([queue(urp, 1, 2), queue(works, 4, 0), queue({ id: 'idle', name: 'Idle' }, 0, 0)], [], []);
    expect(rows.map(({ id }) => id)).toEqual(['works', 'urp']);
  });
  it('counts what is open and not what has ended, and late cases by office', () => {
    const [row] = boardOf(
      [],
      [
        { office: urp, state: 'assigned', cases: 3 },
        { office: urp, state: 'in_charge', cases: 2 },
        { office: urp, state: 'closed', cases: 9 },
      ],
      [{ office: urp }, {}],
    );
    expect(row).toMatchObject({ open: 5, late: 1, waiting: 0 });
  });
  it.each([
    [3, 0, true],
    [3, 1, false],
    [0, 0, false],
  ])('with %i waiting and %i free is short: %s', (waiting, free, short) => {
    expect(isShort({ waiting, free })).toBe(short);
  });
});
