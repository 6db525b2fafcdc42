import { describe, expect, it } from '@jest/globals';
import { added, countOf, NOTHING } from './jest-run.js';

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 0,
  testResults: [
    {
      assertionResults: [
        { status: 'passed', fullName: 'a case is opened' },
        { status: 'pending', fullName: 'the page is accessible (skipped: no chromium)' },
      ],
    },
  ],
};

describe('the count of the tests', () => {
  it('counts what passed and what failed, and names what was skipped', () => {
    expect(countOf(report, 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: ['the page is accessible (skipped: no chromium)'],
    });
  });

  it('counts a suite that could not be loaded as a failure', () => {
    expect(countOf({ ...report, numFailedTests: 0, numRuntimeErrorTestSuites: 2 }, 1).failed).toBe(2);
  });

  it('never tells a run that failed as one without failures', () => {
    expect(countOf({ ...report, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(countOf(undefined, null).failed).toBe(1);
  });

  it('adds runs up', () => {
    expect(added(added(NOTHING, countOf(report, 1)), countOf(report, 1))).toMatchObject({ passed: 6, failed: 2 });
  });
});
