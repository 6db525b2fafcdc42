import { describe, expect, it } from '@jest/globals';
import { whyNotInBulk } from './may-ask.js';

describe('the same asked of many cases', () => {
  it.each<[string, boolean, string, boolean]>([
    ['is done for a supervisor', true, 'supervisor', true],
    ['is done for who heads an office', true, 'office_head', true],
    ['is not done for a member of an office', true, 'back_office_member', false],
    ['is not done for who no longer leads', true, 'specialist', false],
    ['is not done for who no longer works here, whatever they were', false, 'admin', false],
  ])('%s', (_, active, role, done) => {
    expect(whyNotInBulk({ active, role }) === undefined).toBe(done);
  });
});
