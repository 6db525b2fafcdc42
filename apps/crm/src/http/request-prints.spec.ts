import { describe, expect, it } from '@jest/globals';
import { RequestPrints } from './request-prints.js';

const BODY = { how: 'document', fiscalCode: 'RSSMRA80A01X001U' };

describe('The print of a request', () => {
  it('is the same however its members are ordered, and another for anything else that is asked', () => {
    const prints = new RequestPrints(['k'.repeat(32)]);
    const print = prints.of('identifyContact', BODY);
    expect(prints.isOf(print, 'identifyContact', { fiscalCode: BODY.fiscalCode, how: 'document' })).toBe(true);
    expect(prints.isOf(print, 'identifyContact', { ...BODY, fiscalCode: 'RSSMRA80A01X001V' })).toBe(false);
    expect(prints.isOf(print, 'openCase', BODY)).toBe(false);
    expect(prints.isOf('', 'identifyContact', BODY)).toBe(false);
  });

  it('is known again after the key changed, and not by who has another', () => {
    const print = new RequestPrints(['before'.repeat(6)]).of('identifyContact', BODY);
    expect(new RequestPrints(['after'.repeat(6), 'before'.repeat(6)]).isOf(print, 'identifyContact', BODY)).toBe(true);
    expect(new RequestPrints(['another'.repeat(6)]).isOf(print, 'identifyContact', BODY)).toBe(false);
  });
});
