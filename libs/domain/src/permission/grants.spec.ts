import { describe, expect, it } from '@jest/globals';
import { grantsIn } from './grants.js';

const RULES = [
  { claim: 'groups', value: 'amministratori', role: 'admin' },
  { claim: 'groups', value: 'urp', role: 'urp_referent', office: 'URP' },
  { claim: 'realm_access.roles', value: 'tributi', office: 'TRIB' },
  { claim: 'https://comune.example/ufficio', value: 'anagrafe', office: 'ANAG' },
] as const;

describe('what claims give', () => {
  it.each([
    ['nothing without claims', {}, { offices: [] }],
    [
      'a role and a place',
      { groups: ['urp'] },
      { role: 'urp_referent', offices: [{ office: 'URP', role: 'urp_referent' }] },
    ],
    [
      'the first role that fits, and every place',
      { groups: ['urp', 'amministratori'] },
      { role: 'admin', offices: [{ office: 'URP', role: 'urp_referent' }] },
    ],
    ['what a path of Keycloak names', { groups: ['/amministratori'] }, { role: 'admin', offices: [] }],
    ['what stands deeper', { realm_access: { roles: ['tributi'] } }, { offices: [{ office: 'TRIB' }] }],
    [
      'a claim of one word, whose name has dots',
      { 'https://comune.example/ufficio': 'anagrafe' },
      { offices: [{ office: 'ANAG' }] },
    ],
    ['nothing by a part of a word', { groups: ['urp-esterni', 'URP'] }, { offices: [] }],
    ['nothing by what is no word', { groups: { urp: true }, realm_access: 'tributi' }, { offices: [] }],
  ])('is %s', (_what, claims, grants) => {
    expect(grantsIn(claims, RULES)).toEqual(grants);
  });
});
