import { describe, expect, it } from '@jest/globals';
import { RefusalWindows, WINDOW_MS, type Refusal } from './refusal-windows.js';

const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  administrationId: 'a',
  operatorId: 'o',
  operation: 'getCase',
  subjectKind: 'cases',
  subjectId: 's',
  because: 'unseen',
  ...more,
});

describe('refusals of the same kind', () => {
  it('are one entry at once, and one of all others when their time is over', () => {
    const windows = new RefusalWindows();
    expect([1, 2, 3].map(now => windows.take(refusal(), now))).toEqual([refusal(), undefined, undefined]);
    expect(windows.over(WINDOW_MS)).toEqual([]);
    expect(windows.over(WINDOW_MS + 1)).toEqual([{ refusal: refusal(), times: 2 }]);
    expect(windows.over(Infinity)).toEqual([]);
    expect(windows.take(refusal(), WINDOW_MS + 2)).toEqual(refusal());
  });

  it.each([
    ['administration', { administrationId: 'b' }],
    ['person', { operatorId: 'p' }],
    ['operation', { operation: 'getJournal' }],
    ['thing', { subjectId: 't' }],
    ['reason', { because: 'permission' }],
  ] as const)('are not those of another %s', (_, more) => {
    const windows = new RefusalWindows();
    windows.take(refusal(), 0);
    expect(windows.take(refusal(more), 0)).toEqual(refusal(more));
  });

  it('of a hundred things are told apart, of more by the operation alone, for who tries them and for nobody else', () => {
    const windows = new RefusalWindows();
    const tried = Array.from({ length: 1_000 }, (_, n) => windows.take(refusal({ subjectId: `s${n}` }), 0));
    expect(tried.filter(one => one !== undefined)).toHaveLength(101);
    expect(tried[100]?.subjectId).toBeUndefined();
    expect(windows.take(refusal({ operatorId: 'p', subjectId: 'any' }), 0)?.subjectId).toBe('any');
    expect(windows.over(Infinity).reduce((sum, { times }) => sum + times, 0)).toBe(899);
    expect(windows.take(refusal(), 0)?.subjectId).toBe('s');
  });
});
