import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, SHIPPED_LEVELS, type ConfidentialityLevel } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { ACTS_OF, CASE_ACTS, mayWith, seesCase, sightOf, standingOf, type Person, type SeenCase } from './sight.js';

/** city > area > (urp, tributi > sportello); vendor runs urp. */
const OFFICES = [
  { id: 'city', parent: null, tier: 3, supplier: null },
  { id: 'area', parent: 'city', tier: 2, supplier: null },
  { id: 'urp', parent: 'area', tier: 1, supplier: 'vendor' },
  { id: 'tributi', parent: 'area', tier: 2, supplier: null },
  { id: 'sportello', parent: 'tributi', tier: 1, supplier: 'vendor' },
  { id: 'sociale', parent: 'city', tier: 2, supplier: null },
] as const;
const LEVELS: readonly ConfidentialityLevel[] = [
  ...SHIPPED_LEVELS,
  { code: 'minors', name: 'Minori', offices: ['sociale'], roles: [] },
];
const person = (more: Partial<Person> = {}): Person => ({
  id: 'anna',
  role: 'back_office_member',
  permissions: new Set(PERMISSIONS),
  reach: 'offices',
  upToTier: null,
  memberOf: ['tributi'],
  opened: [],
  ...more,
});
const sight = (more: Partial<Person> = {}) => sightOf(person(more), OFFICES, LEVELS);
const one = (more: Partial<SeenCase> = {}): SeenCase => ({
  id: 'case',
  office: 'urp',
  asked: [],
  concerned: ['urp'],
  acquainted: [],
  assignee: null,
  confidentiality: null,
  ...more,
});

describe('who sees an ordinary case', () => {
  it.each<[string, Partial<Person>, Partial<SeenCase>, ReturnType<typeof standingOf>]>([
    ['everybody whose role sees the administration', { reach: 'administration', memberOf: [] }, {}, 'holds'],
    ['who is of the office that holds it', { memberOf: ['urp'] }, {}, 'holds'],
    ['who is of an office above it', { memberOf: ['area'] }, {}, 'holds'],
    ['who is of an office above that above it', { memberOf: ['city'] }, { office: 'sportello' }, 'holds'],
    [
      'nobody of an office below it',
      { memberOf: ['sportello'] },
      { office: 'tributi', concerned: ['tributi'] },
      undefined,
    ],
    ['nobody of another office', {}, {}, undefined],
    ['who is of an office that held it once', {}, { concerned: ['tributi', 'urp'] }, 'knew'],
    ['who is of an office that was asked', {}, { asked: ['tributi'], concerned: ['urp', 'tributi'] }, 'asked'],
    ['whose it is', {}, { assignee: 'anna' }, 'holds'],
    ['who follows it or was mentioned', {}, { acquainted: ['anna'] }, 'knew'],
    ['nobody that another follows it for', {}, { acquainted: ['ugo'] }, undefined],
    ['who broke the glass', { opened: ['case'] }, {}, 'opened'],
    ['who works levels up to its own', { reach: 'administration', upToTier: 1 }, {}, 'holds'],
    [
      'nobody who works lower levels',
      { reach: 'administration', upToTier: 1 },
      { office: 'sociale', concerned: ['sociale'] },
      undefined,
    ],
    [
      'the front, of what it passed on',
      { reach: 'administration', upToTier: 1 },
      { office: 'sociale', concerned: ['urp', 'sociale'] },
      'knew',
    ],
    [
      'whose supplier staffs it',
      { reach: 'supplier', memberOf: ['urp'] },
      { office: 'sportello', concerned: ['sportello'] },
      'holds',
    ],
    [
      'nobody whose supplier does not',
      { reach: 'supplier', memberOf: ['urp'] },
      { office: 'tributi', concerned: ['tributi'] },
      undefined,
    ],
    [
      'nobody who has no supplier',
      { reach: 'supplier', memberOf: ['tributi'] },
      { office: 'tributi', concerned: ['tributi'] },
      undefined,
    ],
  ])('%s', (_, who, what, expected) => {
    expect(standingOf(sight(who), one(what))).toBe(expected);
  });
});

describe('who sees a confidential case', () => {
  const minors = (more: Partial<SeenCase> = {}) => one({ confidentiality: 'minors', ...more });
  const without = new Set(PERMISSIONS.filter(permission => permission !== 'case.confidential'));
  it.each<[string, Partial<Person>, Partial<SeenCase>, ReturnType<typeof standingOf>]>([
    ['nobody by seeing the whole administration', { reach: 'administration' }, {}, undefined],
    ['who is of the office that holds it', { memberOf: ['urp'] }, {}, 'holds'],
    ['nobody there whose role is not told', { memberOf: ['urp'], permissions: without }, {}, undefined],
    ['nobody of an office above', { memberOf: ['area'] }, {}, undefined],
    ['nobody of an office that held it once', {}, { concerned: ['tributi', 'urp'] }, undefined],
    ['who is of an office that was asked', {}, { asked: ['tributi'] }, 'asked'],
    ['whose it is, whatever their role', { permissions: without }, { assignee: 'anna' }, 'holds'],
    ['nobody by following or being mentioned', {}, { acquainted: ['anna'] }, undefined],
    ['who is of an office that the level names', { memberOf: ['sociale'] }, {}, 'knew'],
    ['nobody there whose role is not told of it', { memberOf: ['sociale'], permissions: without }, {}, undefined],
    ['who has a role that the level names', { role: 'cabinet_operator' }, { confidentiality: 'cabinet' }, 'knew'],
    ['nobody of another level', { role: 'cabinet_operator' }, {}, undefined],
    ['who broke the glass', { opened: ['case'] }, {}, 'opened'],
    ['nobody of a level that nobody knows', { reach: 'administration' }, { confidentiality: 'gone' }, undefined],
  ])('%s', (_, who, what, expected) => {
    expect(standingOf(sight(who), minors(what))).toBe(expected);
  });

  it('is never seen by more people than the same case would be without its level', () => {
    const office = fc.constantFrom('city', 'area', 'urp', 'tributi', 'sportello', 'sociale');
    fc.assert(
      fc.property(
        fc.record({
          reach: fc.constantFrom('administration', 'offices', 'supplier'),
          memberOf: fc.subarray(['urp', 'tributi', 'sportello']),
        }),
        fc.record({ office, asked: fc.array(office), held: fc.array(office) }),
        (who, { office: holder, asked, held }) => {
          const what = { office: holder, asked, concerned: [...new Set([...held, holder, ...asked])] };
          const person_ = sight({ ...who, reach: 'offices' });
          if (seesCase(person_, minors(what))) expect(seesCase(person_, one(what))).toBe(true);
        },
      ),
    );
  });
});

describe('what each standing lets one do', () => {
  it.each([
    ['who holds it does everything', 'holds', CASE_ACTS],
    ['who was asked answers, and changes nothing of it', 'asked', ['read', 'note', 'chase', 'follow', 'answerTask']],
    ['who only knew it reads, notes and chases', 'knew', ['read', 'note', 'chase', 'follow']],
    ['who broke the glass follows nothing', 'opened', ['read', 'note', 'chase']],
  ] as const)('%s', (_, standing, acts) => {
    expect(ACTS_OF[standing]).toEqual(acts);
  });

  it('tells who may not apart from who does not see: only the first is told', () => {
    const held = one({ concerned: ['tributi', 'urp'] });
    expect([mayWith(sight(), held, 'note'), mayWith(sight(), held, 'change'), mayWith(sight(), one(), 'read')]).toEqual(
      ['may', 'may-not', 'unseen'],
    );
  });
});
