import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tellingCases, whyNotHead, whyNotMember, type IncidentCase } from './incident.js';

const one: IncidentCase = { id: 'a', number: '1', state: 'in_charge', mergedInto: null, head: null };
const other: IncidentCase = { ...one, id: 'b', number: '2' };

describe('an incident', () => {
  it.each<[string, IncidentCase, string | undefined]>([
    ['is led by an open case', one, undefined],
    ['is not led by one that ended', { ...one, state: 'resolved' }, 'transition-not-allowed'],
    ['is not led by one that was merged', { ...one, mergedInto: 'c' }, 'transition-not-allowed'],
    ['is one level deep', { ...one, head: 'c' }, 'transition-not-allowed'],
  ])('%s', (_, head, expected) => {
    expect(whyNotHead(head)?.refused).toBe(expected);
  });

  it.each<[string, IncidentCase, boolean, string | undefined]>([
    ['takes an open case in', other, false, undefined],
    ['takes in again what it has', { ...other, head: 'a', state: 'resolved' }, false, undefined],
    ['does not take itself in', one, false, '/cases'],
    ['takes nothing of another', { ...other, head: 'c' }, false, '/cases'],
    ['takes no other head in', other, true, '/cases'],
    ['takes nothing in that ended', { ...other, state: 'closed' }, false, '/cases'],
  ])('%s', (_, member, leads, expected) => {
    expect(whyNotMember(one, member, leads)?.errors?.[0]?.pointer).toBe(expected);
  });

  it('tells each citizen once, by one of their own cases', () => {
    const reporter = fc.record({ case: fc.uuid(), citizen: fc.option(fc.constantFrom('x', 'y', 'z')) });
    fc.assert(
      fc.property(fc.uniqueArray(reporter, { selector: item => item.case }), reporters => {
        const told = tellingCases(reporters);
        const citizenOf = new Map(reporters.map(item => [item.case, item.citizen]));
        const tellers = told.filter(item => item.toldBy === null).map(item => citizenOf.get(item.case) ?? item.case);
        expect(new Set(tellers).size).toBe(tellers.length);
        for (const { case: id, toldBy } of told)
          if (toldBy !== null) expect(citizenOf.get(toldBy)).toBe(citizenOf.get(id));
      }),
    );
  });
});
