import { describe, expect, it } from '@jest/globals';
import type { OfficeKind } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { deactivationRefusal, lineOf, placeRefusal, successorOf, type OfficeNode } from './tree.js';

const node = (id: string, kind: OfficeKind, parent: string | null, active = true): OfficeNode => ({
  id,
  kind,
  parent,
  active,
});
const CITY = [
  node('city', 'administration', null),
  node('people', 'department', 'city'),
  node('registry', 'office', 'people'),
  node('desk', 'team', 'registry'),
  node('works', 'department', 'city'),
  node('closed', 'office', 'works', false),
];
const tree = new Map(CITY.map(one => [one.id, one]));

const pointers = (refusal: ReturnType<typeof placeRefusal>): string[] | undefined =>
  refusal?.errors?.map(({ pointer }) => pointer);

describe('where an office may stand', () => {
  it.each<{ promise: string; asked: Omit<OfficeNode, 'active'>; refused?: string }>([
    { promise: 'a department under the administration', asked: node('new', 'department', 'city') },
    { promise: 'a department under a department', asked: node('new', 'department', 'people') },
    { promise: 'an office directly under the administration', asked: node('new', 'office', 'city') },
    { promise: 'an office under an office', asked: node('new', 'office', 'registry') },
    { promise: 'a team under an office', asked: node('new', 'team', 'registry') },
    { promise: 'an office moves to another department', asked: node('registry', 'office', 'works') },
    { promise: 'the root stays the root', asked: node('city', 'administration', null) },
    { promise: 'what was deactivated may be changed where it is', asked: node('closed', 'office', 'works') },
    { promise: 'no team under a department', asked: node('new', 'team', 'people'), refused: '/parent' },
    { promise: 'no team under a team', asked: node('new', 'team', 'desk'), refused: '/parent' },
    { promise: 'no department under an office', asked: node('new', 'department', 'registry'), refused: '/parent' },
    { promise: 'no office of no parent', asked: node('new', 'office', null), refused: '/parent' },
    { promise: 'no second root in a tree', asked: node('new', 'administration', null), refused: '/kind' },
    { promise: 'no office becomes a root', asked: node('works', 'administration', null), refused: '/kind' },
    { promise: 'the root does not become an office', asked: node('city', 'office', 'people'), refused: '/kind' },
    { promise: 'nothing stands above the root', asked: node('city', 'administration', 'works'), refused: '/parent' },
    { promise: 'nothing stands under itself', asked: node('people', 'department', 'people'), refused: '/parent' },
    {
      promise: 'nothing stands under what is below it',
      asked: node('people', 'office', 'registry'),
      refused: '/parent',
    },
    { promise: 'nothing stands in another tree', asked: node('new', 'office', 'elsewhere'), refused: '/parent' },
    { promise: 'nothing active stands under what ended', asked: node('new', 'office', 'closed'), refused: '/parent' },
    {
      promise: 'an office with a team stays an office',
      asked: node('registry', 'department', 'people'),
      refused: '/kind',
    },
  ])('$promise: $asked.kind $asked.id under $asked.parent', ({ asked, refused }) => {
    expect(pointers(placeRefusal(tree, asked))).toEqual(refused ? [refused] : undefined);
  });

  it('after any changes that are allowed there is still one tree: every line ends at the root', () => {
    const kinds = fc.constantFrom<OfficeKind>('administration', 'department', 'office', 'team');
    const id = fc.integer({ min: 0, max: 8 }).map(String);
    const change = fc.record({ id, kind: kinds, parent: fc.option(id) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), changes => {
        const grown = new Map([['0', node('0', 'administration', null)]]);
        for (const asked of changes) if (!placeRefusal(grown, asked)) grown.set(asked.id, { ...asked, active: true });
        for (const one of grown.values()) expect(lineOf(grown, one.id).at(-1)?.id).toBe('0');
      }),
    );
  });

  it('a line ends even in a tree that was damaged', () => {
    const damaged = new Map([node('a', 'office', 'b'), node('b', 'office', 'a')].map(one => [one.id, one]));
    expect(lineOf(damaged, 'a').map(one => one.id)).toEqual(['a', 'b']);
    expect(lineOf(damaged, 'nobody')).toEqual([]);
  });
});

describe('an office ends', () => {
  it.each<{ promise: string; id: string; successor: string | null; refused?: string; at?: string }>([
    { promise: 'when nothing active stands under it', id: 'desk', successor: null },
    { promise: 'and leaves what it holds to another', id: 'desk', successor: 'works' },
    { promise: 'also when what stands under it ended before', id: 'works', successor: null },
    { promise: 'not while a team stands under it', id: 'registry', successor: null, refused: 'office-in-use' },
    { promise: 'not when it is the administration', id: 'city', successor: 'works', refused: 'office-in-use' },
    { promise: 'not in favour of itself', id: 'desk', successor: 'desk', refused: 'invalid-input', at: '/successor' },
    {
      promise: 'not in favour of what ended',
      id: 'desk',
      successor: 'closed',
      refused: 'invalid-input',
      at: '/successor',
    },
    {
      promise: 'not in favour of nobody',
      id: 'desk',
      successor: 'elsewhere',
      refused: 'invalid-input',
      at: '/successor',
    },
  ])('$promise', ({ id, successor, refused, at }) => {
    const refusal = deactivationRefusal(tree, id, successor);
    expect(refusal?.refused).toBe(refused);
    expect(pointers(refusal)).toEqual(at ? [at] : undefined);
  });

  it('and is succeeded by the first that is still active', () => {
    const succession = new Map(
      [
        { ...node('old', 'office', 'city', false), successor: 'older' },
        { ...node('older', 'office', 'city', false), successor: 'now' },
        { ...node('now', 'office', 'city'), successor: null },
        { ...node('a', 'office', 'city', false), successor: 'b' },
        { ...node('b', 'office', 'city', false), successor: 'a' },
      ].map(one => [one.id, one]),
    );
    expect(['old', 'now', 'a', 'nobody'].map(id => successorOf(succession, id))).toEqual(['now', 'now', null, null]);
  });
});
