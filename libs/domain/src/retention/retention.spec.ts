import { describe, expect, it } from '@jest/globals';
import { CASE_KINDS } from '@filodiretto/contracts/model';
import { isRetentionCode, KEPT_THINGS, retentionTerms, SHIPPED_RETENTION } from './retention.js';

describe('the terms for which things are kept', () => {
  it('are shipped for every kind of case and of thing, each with its reason', () => {
    const codes = [...CASE_KINDS.map(kind => `case.${kind}`), ...KEPT_THINGS];
    expect(SHIPPED_RETENTION.map(one => one.code).sort()).toEqual([...codes].sort());
    for (const { months, days, legalBasis } of SHIPPED_RETENTION) {
      expect(months + days).toBeGreaterThan(0);
      expect(legalBasis).not.toBe('');
    }
  });
  it('are those an administration decided, and the shipped ones elsewhere', () => {
    const own = { code: 'recording', months: 0, days: 30, duty: false, legalBasis: 'Accordo sindacale' };
    const terms = retentionTerms([own]);
    expect(terms.filter(one => one.code === 'recording')).toEqual([own]);
    expect(terms).toHaveLength(SHIPPED_RETENTION.length);
  });
  it.each([
    ['case.foia', true],
    ['recording', true],
    ['category.0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70', true],
    ['case.ticket', false],
    ['category.x', false],
  ])('of the code %s can be decided: %s', (code, can) => {
    expect(isRetentionCode(code)).toBe(can);
  });
});
