import { describe, expect, it } from '@jest/globals';
import { alertsOf, isShort, percentOf, thresholdsOf, USUAL, type BoardOffice } from './standing.js';

const office = (name: string, figures: Partial<BoardOffice> = {}): BoardOffice => ({
  office: { id: name, name },
  waiting: 0,
  offered: 0,
  inHand: 0,
  available: 0,
  free: 0,
  busy: 0,
  open: 0,
  untaken: 0,
  late: 0,
  ages: [],
  ...figures,
});
const today = {
  came: 0,
  taken: 0,
  due: 0,
  inTime: 0,
  calls: 0,
  answered: 0,
  abandoned: 0,
};

describe('how offices stand', () => {
  it('is in need where somebody waits and nobody is free', () => {
    expect([
      isShort({ waiting: 1, free: 0 }),
      isShort({ waiting: 1, free: 1 }),
      isShort({ waiting: 0, free: 0 }),
    ]).toEqual([true, false, false]);
  });

  it('is alerted of what is past its threshold, and of nothing else', () => {
    const offices = [
      office('Strade', { waiting: 2, free: 0, oldestWaitSeconds: 31 * 60, late: 3 }),
      office('Verde', { waiting: 1, free: 1, oldestWaitSeconds: 29 * 60 }),
    ];
    const board = { offices, channels: [], today: { ...today, due: 10, inTime: 7, calls: 20, abandoned: 2 } };
    expect(alertsOf(board, USUAL)).toEqual([
      { what: 'short', office: 'Strade', waiting: 2 },
      { what: 'wait', office: 'Strade', seconds: 1_860 },
      { what: 'service', percent: 70 },
      { what: 'late', office: 'Strade', cases: 3 },
    ]);
    expect(alertsOf(board, { waitMinutes: 60, servicePercent: 70, abandonedPercent: 5, late: 3 })).toEqual([
      { what: 'short', office: 'Strade', waiting: 2 },
      { what: 'abandoned', percent: 10 },
    ]);
  });

  it('is alerted of what is suddenly more than usual, in an area or with an office', () => {
    const category = { id: 'c', code: 'luci', label: 'Luci' };
    const spikes = {
      from: '2026-03-03T09:00:00.000Z',
      until: '2026-03-03T12:00:00.000Z',
      weeks: 8,
      items: [
        { category, area: { id: 'a', code: 'nord', name: 'Nord' }, count: 7, usual: 0.1 },
        { category, office: { id: 'o', name: 'Strade' }, count: 6, usual: 0.1 },
      ],
    };
    const from = '2026-03-03T09:00:00.000Z';
    expect(alertsOf({ offices: [], channels: [], today }, USUAL, spikes)).toEqual([
      { what: 'spike', category: 'Luci', where: 'Nord', count: 7, from },
      { what: 'spike', category: 'Luci', where: 'Strade', count: 6, from },
    ]);
  });

  it('has no share of nothing', () => {
    expect([percentOf(0, 0), percentOf(1, 3), percentOf(3, 3)]).toEqual([undefined, 33, 100]);
  });

  it('keeps thresholds, and takes the usual ones for what cannot be one', () => {
    expect(thresholdsOf(undefined)).toEqual(USUAL);
    expect(thresholdsOf('not json')).toEqual(USUAL);
    expect(thresholdsOf('{"waitMinutes":5,"servicePercent":300,"late":"x"}')).toEqual({ ...USUAL, waitMinutes: 5 });
  });
});
