import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant } from '@filodiretto/contracts/model';
import { followingHead, tellingCases, whyNotHead, whyNotMember, type IncidentCase } from './incident.js';

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

describe('the head of an incident that changes hands', () => {
  const head = {
    id: 'h',
    number: '1',
    state: 'assigned',
    office: 'roads',
    assignee: null,
    takenInChargeAt: null,
  } as const;
  const under = { head: 'h', state: 'assigned', office: 'roads', assignee: null } as const;
  const at = '2026-11-02T09:00:00.000Z' as Instant;
  it.each<[string, Parameters<typeof followingHead>[0], Parameters<typeof followingHead>[1], readonly string[]]>([
    ['takes its cases to another office', { ...head, office: 'green' }, under, ['assign system']],
    ['takes them to a person', { ...head, assignee: 'bruno' }, under, ['assign system']],
    ['leaves those that are there already', head, under, []],
    ['leaves those that left it', { ...head, office: 'green' }, { ...under, head: null }, []],
    ['leaves those that ended', { ...head, office: 'green' }, { ...under, state: 'resolved' }, []],
    ['takes none along once it has ended', { ...head, office: 'green', state: 'resolved' }, under, []],
    ['takes none to nobody', { ...head, office: null, state: 'triage' }, under, []],
    [
      'takes them in charge in the name of who did',
      { ...head, state: 'in_charge', assignee: 'bruno', takenInChargeAt: at },
      { ...under, assignee: 'bruno' },
      ['takeCharge operator'],
    ],
    [
      'takes them in charge for the office that did',
      { ...head, state: 'in_charge', takenInChargeAt: at },
      under,
      ['takeCharge office'],
    ],
    [
      'wakes none that waits for its own citizen',
      { ...head, state: 'in_charge', takenInChargeAt: at },
      { ...under, state: 'waiting_citizen' },
      [],
    ],
  ])('%s', (_, leading, member, expected) => {
    expect(followingHead(leading, member).map(({ name, by }) => `${name} ${by.kind}`)).toEqual(expected);
  });
});
