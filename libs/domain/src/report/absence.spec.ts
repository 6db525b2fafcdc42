import { expect, it } from '@jest/globals';
import { absenceTold } from './absence.js';

it.each([
  ['by name where that is authorised', ['Bruno'], 2, true, { kind: 'names', names: ['Bruno'] }],
  ['as a number of those who work there', ['Bruno', 'Carla'], 5, false, { kind: 'count', absent: 2, people: 5 }],
  ['not at all where fewer than five work', ['Bruno'], 4, false, undefined],
  ['not at all where everybody comes', [], 9, true, undefined],
] as const)('who never comes is told %s', (_, absent, people, authorized, told) => {
  expect(absenceTold({ absent, people }, authorized)).toEqual(told);
});
