import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupedCode, trackingCodeOf, typedCode } from './tracking-code.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codes = fc.tuple(fc.string(), fc.string()).map(([form, key]) => trackingCodeOf('a-key-of-the-spec', form, key));

describe('a tracking code', () => {
  it('is the same for the same submission, and another with another key', () => {
    expect(trackingCodeOf('one key', 'form', 'id')).toBe(trackingCodeOf('one key', 'form', 'id'));
    expect(trackingCodeOf('one key', 'form', 'id')).not.toBe(trackingCodeOf('another', 'form', 'id'));
    expect(trackingCodeOf('one key', 'form', 'id')).not.toBe(trackingCodeOf('one key', 'formi', 'd'));
  });

  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(codes, code => {
        const sloppy = groupedCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect(typedCode(` ${sloppy} `)).toBe(code);
      }),
    );
  });

  it('is not accepted with any one character wrong', () => {
    fc.assert(
      fc.property(codes, fc.nat(11), fc.constantFrom(...ALPHABET), (code, at, other) => {
        fc.pre(code[at] !== other);
        expect(typedCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
      }),
    );
  });
});
