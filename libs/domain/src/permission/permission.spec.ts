import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, ROLES } from '@filodiretto/contracts/model';
import { permissionsOf, SHIPPED_PERMISSIONS } from './permission.js';

describe('what a role may do', () => {
  it('is shipped for every role, and everything for who administers', () => {
    expect(Object.keys(SHIPPED_PERMISSIONS).sort()).toEqual([...ROLES].sort());
    expect([...permissionsOf('admin', {})].sort()).toEqual([...PERMISSIONS].sort());
  });

  it.each([
    ['who answers takes work and works on cases', 'tier1_operator', 'case.work', true],
    ['who answers does not say how work is given out', 'tier1_operator', 'work.direct', false],
    ['who heads an office asks the same of many cases', 'office_head', 'case.bulk', true],
    ['who heads an office does not change the organisation', 'office_head', 'organisation.write', false],
    ['who watches the contract sees figures', 'contract_manager', 'report.read', true],
    ['who watches the contract opens no case', 'contract_manager', 'case.read', false],
    ['who governs sees figures, no citizen', 'executive_viewer', 'case.read', false],
    ['who audits reads the trail', 'auditor', 'trail.read', true],
    ['who audits changes nothing', 'auditor', 'case.work', false],
    ['who leads does not read the trail', 'supervisor', 'trail.read', false],
    ['a role that nobody knows may nothing', 'constructor', 'case.read', false],
  ] as const)('%s', (_, role, permission, may) => {
    expect(permissionsOf(role, {}).has(permission)).toBe(may);
  });

  it('is what the administration decided, where it did', () => {
    const decided = { tier1_operator: ['case.read'], office_head: [] } as const;
    expect([...permissionsOf('tier1_operator', decided)]).toEqual(['case.read']);
    expect(permissionsOf('office_head', decided).size).toBe(0);
    expect(permissionsOf('specialist', decided).has('case.work')).toBe(true);
  });
});
