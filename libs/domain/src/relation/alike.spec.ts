import { describe, expect, it } from '@jest/globals';
import { alike, NEAR_METERS, type Resemblance } from './alike.js';

const NOTHING: Resemblance = { hours: 1, meters: null, sameCategory: false, titles: 0, said: [[], []] };
const LAMP = ['lampion', 'spent', 'via', 'verd'];

describe('two cases look like one matter', () => {
  it.each<[string, Partial<Resemblance>, object | null]>([
    ['nothing is the same', {}, null],
    ['they are near', { meters: 80 }, { near: true, alikeWords: false }],
    ['they are as far as near goes', { meters: NEAR_METERS }, { near: true }],
    ['they are far', { meters: NEAR_METERS + 1 }, null],
    ['of one category, wherever they are', { sameCategory: true, meters: 9_000 }, { near: false }],
    ['their titles are alike', { titles: 0.3 }, { near: false, alikeWords: true, likeness: 0.3 }],
    ['their titles are hardly alike', { titles: 0.29 }, null],
    [
      'the same was said, under other titles',
      { said: [LAMP, [...LAMP, 'ier']] },
      { alikeWords: true, likeness: 8 / 9 },
    ],
    ['other things were said', { said: [LAMP, ['orar', 'bibliotec', 'saba']] }, null],
    ['one word was said in both', { said: [['lampion'], ['lampion']] }, null],
    ['little of much was said in both', { said: [LAMP, ['via', 'verd', ...'abcdefghil']] }, null],
    ['everything is the same, within the hours', { hours: 48, meters: 0, sameCategory: true, titles: 1 }, { score: 2 }],
    ['everything is the same, and later', { hours: 48.1, meters: 0, sameCategory: true, titles: 1 }, null],
  ])('when %s', (_, more, expected) => {
    const found = alike({ ...NOTHING, ...more }, 48);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
  it('the more, the nearer and the more of their words they share', () => {
    const score = (more: Partial<Resemblance>): number => alike({ ...NOTHING, ...more }, 48)?.score ?? 0;
    expect(score({ meters: 10 })).toBeGreaterThan(score({ meters: 200 }));
    expect(score({ meters: 200, sameCategory: true })).toBeGreaterThan(score({ sameCategory: true }));
    expect(score({ said: [LAMP, LAMP] })).toBeGreaterThan(score({ said: [LAMP, [...LAMP, 'ier', 'nott']] }));
  });
});
