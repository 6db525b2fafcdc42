import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toSplit, whyNotMerge, whyNotUnmerge, type Mergeable, type Movable } from './relation.js';

const one: Mergeable = {
  id: 'a',
  administration: 'city',
  number: '1',
  state: 'in_charge',
  mergedInto: null,
  head: null,
};
const other: Mergeable = { ...one, id: 'b', number: '2' };
const same: { samePerson: boolean; differentPeople: boolean; leads?: boolean } = {
  samePerson: true,
  differentPeople: false,
};

describe('two cases become one', () => {
  it.each<[string, Mergeable, Mergeable, typeof same, string | undefined]>([
    ['when both are open and of one person', one, other, same, undefined],
    ['never with itself', one, one, same, 'invalid-input'],
    ['never across administrations', one, { ...other, administration: 'town' }, same, 'invalid-input'],
    ['never into one that ended', { ...one, state: 'resolved' }, other, same, 'transition-not-allowed'],
    ['never from one that ended', one, { ...other, state: 'closed' }, same, 'transition-not-allowed'],
    ['never from one merged already', one, { ...other, mergedInto: 'c' }, same, 'transition-not-allowed'],
    [
      'never by accident when they are of different people',
      one,
      other,
      { ...same, samePerson: false },
      'invalid-input',
    ],
    ['never when others are under the one taken in', one, other, { ...same, leads: true }, 'invalid-input'],
    ['never when it would leave its incident', one, { ...other, head: 'h' }, same, 'invalid-input'],
    ['within one incident', { ...one, head: 'h' }, { ...other, head: 'h' }, same, undefined],
    ['when the head takes one of its own in', one, { ...other, head: 'a' }, same, undefined],
    ['of different people when that is meant', one, other, { samePerson: false, differentPeople: true }, undefined],
  ])('%s', (_, into, from, said, expected) => {
    expect(whyNotMerge(into, from, said)?.refused).toBe(expected);
  });

  it.each<[string, string, boolean, string | undefined]>([
    ['can be undone to the last moment', '2026-03-03T10:00:00.000Z', false, undefined],
    ['cannot be undone a moment later', '2026-03-03T10:00:00.001Z', false, 'transition-not-allowed'],
    ['cannot be undone twice', '2026-03-01T10:00:00.000Z', true, 'transition-not-allowed'],
  ])('%s', (_, now, undone, expected) => {
    expect(whyNotUnmerge({ at: '2026-03-01T10:00:00.000Z', undone }, now, 48)?.refused).toBe(expected);
  });
});

describe('what leaves a case that is split', () => {
  const message = (id: string, conversation: string, follows: string | null = null): Movable => ({
    id,
    conversation,
    follows,
  });
  const all = [message('1', 'x'), message('2', 'x'), message('3', 'y'), message('4', 'x', '1'), message('5', 'x', '4')];

  it.each<[string, readonly string[], readonly string[], readonly string[] | string]>([
    ['is what was chosen', ['2'], [], ['2']],
    ['is with it whatever speaks of it', ['1'], [], ['1', '4', '5']],
    ['is a whole conversation', [], ['y'], ['3']],
    ['is not what belongs elsewhere', ['9'], [], '/messages'],
    ['is no conversation of another case', [], ['z'], '/conversations'],
    ['is not nothing', [], [], '/messages'],
    ['is not everything', ['1', '2'], ['y'], '/messages'],
  ])('%s', (_, messages, conversations, expected) => {
    const result = toSplit(all, { messages, conversations });
    expect('refused' in result ? result.errors?.[0]?.pointer : [...result].sort()).toEqual(expected);
  });

  it('and what stays are together all of it, and nothing is in both', () => {
    const messages = fc
      .array(fc.record({ conversation: fc.constantFrom('x', 'y', 'z'), follows: fc.nat(9) }))
      .map(list =>
        list.map((m, index) => message(String(index), m.conversation, m.follows < index ? String(m.follows) : null)),
      );
    fc.assert(
      fc.property(messages, fc.array(fc.nat(9)), (list, chosen) => {
        const asked = chosen.filter(index => index < list.length).map(String);
        const result = toSplit(list, { messages: asked, conversations: [] });
        if ('refused' in result) return;
        expect(new Set(result).size).toBe(result.length);
        expect(result.length).toBeLessThan(list.length);
        for (const m of list) if (m.follows !== null && result.includes(m.follows)) expect(result).toContain(m.id);
      }),
    );
  });
});
