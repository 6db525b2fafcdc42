import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lookedUp } from './scim-look-up.js';
import { filterOf, orderOf, shownOf, stillAt, versionOf } from './scim-query.js';
import { ENTERPRISE_SCHEMA, ScimFault, USER_SCHEMA } from './scim.js';

const BARBARA = {
  schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: 'bjensen',
  userName: 'bjensen@example.com',
  displayName: 'Babs Jensen',
  name: { formatted: 'Barbara J. Jensen' },
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  [ENTERPRISE_SCHEMA]: { department: 'tributi' },
};
const accepts = (filter: string): boolean | undefined => filterOf(filter)?.accepts(BARBARA);

describe('what a store may look up', () => {
  it.each([
    ['userName eq "Mario"', { attribute: 'username', value: 'Mario' }],
    [`${USER_SCHEMA}:externalId EQ "x y"`, { attribute: 'externalid', value: 'x y' }],
    ['id eq "2819c223"', { attribute: 'id', value: '2819c223' }],
    ['userName ne "Mario"', undefined],
    ['not (userName eq "Mario")', undefined],
    ['userName eq "Mario" or active eq true', undefined],
    ['emails.value eq "a@b.example"', undefined],
    ['active eq true', undefined],
    [`${ENTERPRISE_SCHEMA}:department eq "tributi"`, undefined],
  ] as const)('%s', (filter, sought) => {
    expect(filterOf(filter)?.sought).toEqual(sought);
  });

  it.each([
    [undefined, {}],
    [{ attribute: 'id', value: 'no id' }, { id: '00000000-0000-0000-0000-000000000000' }],
    [{ attribute: 'id', value: BARBARA.id }, { id: BARBARA.id }],
    [{ attribute: 'username', value: 'Mario' }, { userName: 'Mario' }],
    [{ attribute: 'username', value: 'Élise' }, {}],
    [{ attribute: 'displayname', value: 'Mario' }, {}],
  ] as const)('%j by %j', (sought, by) => {
    expect(lookedUp(sought)).toEqual(by);
  });
});

describe('a filter of a directory', () => {
  it.each([
    'userName eq "bjensen@example.com"',
    'USERNAME EQ "BJENSEN@example.com"',
    `${USER_SCHEMA}:userName sw "BJ"`,
    'userName ew ".com"',
    'name.formatted co "barbara"',
    'displayName pr',
    'active eq true',
    'userName ne "bsmith"',
    'title ne "Dr"',
    'title eq null',
    'userName gt "a" and userName lt "c"',
    'userName ge "bjensen@example.com" and userName le "bjensen@example.com"',
    'emails co "jensen.org"',
    'emails.value sw "babs"',
    'emails[type eq "work" and value co "@example.com"]',
    'not (emails[type eq "other"])',
    'title pr or displayName pr and active eq true',
    '(title pr or displayName pr) and not (active eq false)',
    `${ENTERPRISE_SCHEMA}:department eq "TRIBUTI"`,
    `schemas eq "${ENTERPRISE_SCHEMA}"`,
    'externalId eq "bjensen"',
  ])('accepts by %s', filter => expect(accepts(filter)).toBe(true));

  it.each([
    'userName eq "bsmith"',
    'title pr',
    'active eq false',
    'active eq "true"',
    'externalId eq "BJENSEN"',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    // The same value must be both.
    'emails[type eq "home" and value co "@example.com"]',
    // `and` binds more than `or`.
    'title pr and displayName pr or title pr',
    'not (displayName pr)',
    'emails.type eq "other"',
  ])('does not accept by %s', filter => expect(accepts(filter)).toBe(false));

  it.each([
    'userName',
    'userName is "x"',
    'userName eq',
    'userName eq x',
    'userName eq "x',
    'userName eq "x" "y"',
    'userName eq "x" and',
    '(userName eq "x"',
    'userName eq "x")',
    'not userName pr',
    'emails[type eq "work"',
    'emails[list[value eq "x"]]',
    'active gt true',
    '9 eq 1',
    'a.b.c pr',
    `${'('.repeat(30)}userName pr${')'.repeat(30)}`,
    Array.from({ length: 101 }, () => 'a pr').join(' or '),
    `userName eq "${'x'.repeat(2_000)}"`,
  ])('is refused: %s', filter => {
    expect(() => filterOf(filter)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }));
  });

  it('is read or refused, whatever is written, and never breaks', () => {
    const words = fc.constantFrom(
      'userName',
      'eq',
      'and',
      'or',
      'not',
      '(',
      ')',
      '[',
      ']',
      '"x"',
      'pr',
      'null',
      ':',
      '',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map(all => all.join(' ')),
        ),
        text => {
          try {
            filterOf(text)?.accepts(BARBARA);
          } catch (error) {
            expect(error).toBeInstanceOf(ScimFault);
          }
        },
      ),
    );
  });
});

describe('what a directory is told of a resource', () => {
  it('is what it asks for, with its id always, or all but what it leaves out', () => {
    expect(shownOf('userName,emails.value', undefined).of(BARBARA)).toEqual({
      schemas: BARBARA.schemas,
      id: BARBARA.id,
      userName: BARBARA.userName,
      emails: [{ value: 'bjensen@example.com' }, { value: 'babs@jensen.org' }],
    });
    const rest = shownOf(undefined, `id,name,EMAILS.type,${ENTERPRISE_SCHEMA}`).of(BARBARA);
    expect(rest).toMatchObject({ id: BARBARA.id, userName: BARBARA.userName });
    expect(Object.keys(rest)).not.toContain('name');
    expect(Object.keys(rest)).not.toContain(ENTERPRISE_SCHEMA);
    expect(rest.emails).toEqual([{ value: 'bjensen@example.com', primary: true }, { value: 'babs@jensen.org' }]);
  });

  it('comes in the order that is asked for, what has no such value last, or first when it goes down', () => {
    const [a, b, none] = [
      { displayName: 'anna', emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }] },
      { displayName: 'Bruno', emails: [{ value: 'b@x' }] },
      {},
    ];
    const sorted = (by: string, way?: string): object[] => [none, b, a].sort(orderOf(by, way)?.compare);
    expect(sorted('displayName')).toEqual([a, b, none]);
    expect(sorted('emails.value')).toEqual([b, a, none]);
    expect(sorted('emails')).toEqual([a, b, none]);
    expect(sorted('displayName', 'descending')).toEqual([none, b, a]);
  });

  it('has a version that is another as soon as anything else is told, and is changed at that version alone', () => {
    const version = versionOf(BARBARA);
    expect([versionOf({ ...BARBARA }), versionOf({ ...BARBARA, active: false }) === version]).toEqual([version, false]);
    for (const seen of [undefined, '*', version, version.slice(2), `"x", ${version}`])
      expect(() => stillAt(seen, version)).not.toThrow();
    expect(() => stillAt('W/"x"', version)).toThrow(expect.objectContaining({ status: 412 }));
  });
});
