import { describe, expect, it } from '@jest/globals';
import { judged, onceEach, together } from './once.js';

describe('the judge of what must happen once', () => {
  it.each([
    ['nothing when each happened once', ['a', 'b'], ['b', 'a'], { lost: 0, duplicated: 0 }],
    ['what did not happen', ['a', 'b'], ['a'], { lost: 1, duplicated: 0 }],
    ['what happened twice', ['a', 'b'], ['a', 'b', 'a'], { lost: 0, duplicated: 1 }],
    ['what nobody asked for', ['a'], ['a', 'c'], { lost: 0, duplicated: 1 }],
    ['one of two that are alike', ['a', 'a'], ['a'], { lost: 1, duplicated: 0 }],
    ['nothing when two that are alike both happened', ['a', 'a'], ['a', 'a'], { lost: 0, duplicated: 0 }],
  ])('sees %s', (_, expected, seen, verdict) => {
    expect(onceEach(expected, seen)).toMatchObject(verdict);
  });

  it('refuses to judge when nothing was to happen', () => {
    expect(() => judged('reminders', [], [])).toThrow('nothing is proven');
  });

  it('says which of it did not happen as it should, and of several verdicts all', () => {
    const verdict = together([
      judged('letters', ['a', 'b'], ['a', 'b', 'b']),
      judged('reminders', ['a'], []),
      judged('tasks', ['a'], ['a']),
    ]);
    expect(verdict).toEqual({
      lost: 1,
      duplicated: 1,
      wrong: ['letters, b: 2 instead of 1', 'reminders, a: 0 instead of 1'],
    });
  });
});
