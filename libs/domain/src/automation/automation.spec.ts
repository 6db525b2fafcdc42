import { describe, expect, it } from '@jest/globals';
import {
  automationHolds,
  LONGEST_CHAIN,
  setsOff,
  type AutomationConditions,
  type AutomationSeen,
} from './automation.js';

const seen: AutomationSeen = {
  state: 'assigned',
  priority: 'high',
  office: 'roads',
  assignee: null,
  openedAt: '2026-11-02T09:00:00.000Z',
  kind: 'report',
  text: 'Una buca in via Roma',
};
const NOW = '2026-11-03T09:00:00.000Z';

describe('what an automation waits for', () => {
  it.each<[string, AutomationConditions, boolean]>([
    ['nothing', {}, true],
    ['the state', { state: ['assigned', 'triage'] }, true],
    ['another state', { state: ['triage'] }, false],
    ['the priority', { priority: ['urgent'] }, false],
    ['the office', { office: ['roads'] }, true],
    ['another office', { office: ['green'] }, false],
    ['nobody assigned', { assigned: false }, true],
    ['somebody assigned', { assigned: true }, false],
    ['an age that it has just reached', { olderThanHours: 24 }, true],
    ['an age that it has not', { olderThanHours: 25 }, false],
    ['words, as routing looks for them', { words: { any: ['buc*'] }, kind: ['report'] }, true],
    ['words that are not there', { words: { any: ['albero'] } }, false],
  ])('is %s', (_, when, expected) => {
    expect(automationHolds(when, seen, NOW)).toBe(expected);
  });
});

describe('a fact', () => {
  const rule = { id: 'a', on: ['opened', 'tagged'] as const };
  it.each<[string, 'opened' | 'resolved', readonly string[], boolean]>([
    ['sets a rule off', 'opened', [], true],
    ['of another name does not', 'resolved', [], false],
    ['that follows from another rule does', 'opened', ['b'], true],
    ['that follows from the rule does not', 'opened', ['a'], false],
    ['that follows from it through another does not', 'opened', ['a', 'b'], false],
    ['at the end of a long chain does not', 'opened', Array.from({ length: LONGEST_CHAIN }, (_, n) => `r${n}`), false],
  ])('%s', (_, fact, chain, expected) => {
    expect(setsOff(rule, fact, chain)).toBe(expected);
  });
});
