import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseNumber, checkDigit, parseCaseNumber } from './case-number.js';

const year = fc.integer({ min: 1000, max: 9999 });
const counter = fc.integer({ min: 1, max: 999_999_999 });

describe('a case number', () => {
  it('is year, counter and check digit', () => {
    expect(caseNumber(2026, 4217)).toBe('2026-004217-3');
    expect(caseNumber(2026, 1_234_567)).toMatch(/^2026-1234567-\d$/);
  });

  it('has the check digit of the worked example of ISO/IEC 7064, MOD 11,10', () => {
    expect(checkDigit('0794')).toBe(5);
  });

  it('is read back as it was written, with or without dashes and spaces', () => {
    fc.assert(
      fc.property(year, counter, (y, c) => {
        const number = caseNumber(y, c);
        expect(parseCaseNumber(number)).toEqual({ year: y, counter: c });
        expect(parseCaseNumber(` #${number.replaceAll('-', ' – ')} `)).toEqual({ year: y, counter: c });
        expect(parseCaseNumber(number.replaceAll('-', ''))).toEqual({ year: y, counter: c });
      }),
    );
  });

  it('is refused after any mistake in one digit', () => {
    fc.assert(
      fc.property(year, counter, fc.nat(), fc.integer({ min: 1, max: 9 }), (y, c, where, by) => {
        const digits = caseNumber(y, c).replaceAll('-', '');
        const at = where % digits.length;
        const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
        expect(parseCaseNumber(wrong)).toBeUndefined();
      }),
    );
  });

  it('is refused after the exchange of two neighbours in at least 97 of 100 numbers', () => {
    let exchanged = 0;
    let caught = 0;
    for (let c = 1; c <= 5_000; c += 1) {
      const digits = caseNumber(2026, c * 137).replaceAll('-', '');
      for (let at = 0; at + 1 < digits.length; at += 1) {
        const [left, right] = [digits[at], digits[at + 1]];
        if (left === right) continue;
        exchanged += 1;
        if (!parseCaseNumber(digits.slice(0, at) + right + left + digits.slice(at + 2))) caught += 1;
      }
    }
    expect(exchanged).toBeGreaterThan(30_000);
    expect(caught / exchanged).toBeGreaterThanOrEqual(0.97);
  });

  it.each(['', '2026-4217-3', '2026-004217', '2026-004217-4', 'A026-004217-3', '2026-004217-33-1', '٢٠٢٦-004217-3'])(
    'is not %j',
    text => {
      expect(parseCaseNumber(text)).toBeUndefined();
    },
  );

  it.each([
    [20_26.5, 1],
    [999, 1],
    [2026, 0],
    [2026, 1_000_000_000],
    [2026, 1.5],
  ])('is not made of %p and %p', (y, c) => {
    expect(() => caseNumber(y, c)).toThrow(RangeError);
  });
});
