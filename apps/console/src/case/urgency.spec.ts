import { describe, expect, it } from '@jest/globals';
import { urgencyOf } from './urgency.js';

const at = (hour: number): string => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
const now = (hour: number): number => Date.UTC(2026, 2, 2, hour);

describe('how near the end of a term is', () => {
  it.each([
    { term: 24, hour: 4, urgency: 'quiet', because: 'it has just begun' },
    { term: 24, hour: 19, urgency: 'near', because: 'its last quarter runs' },
    { term: 24, hour: 24, urgency: 'late', because: 'it is over' },
    { term: 720, hour: 690, urgency: 'quiet', because: 'more than a day is left' },
    { term: 720, hour: 697, urgency: 'near', because: 'less than a day is left' },
  ])('of $term hours, after $hour, is $urgency: $because', ({ term, hour, urgency }) => {
    expect(urgencyOf(at(term), at(0), now(hour))).toBe(urgency);
  });

  it('is quiet where no term runs', () => {
    expect(urgencyOf(undefined, at(0), now(5))).toBe('quiet');
  });
});
