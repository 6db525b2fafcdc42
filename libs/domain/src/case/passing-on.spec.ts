import { describe, expect, it } from '@jest/globals';
import { instant, type CaseState } from '@filodiretto/contracts/model';
import type { Case } from './case.js';
import type { Actor, Command } from './command.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import { isRefusal } from './refusal.js';

const now = instant('2026-03-10T09:00:00.000Z');
const roads: Actor = { kind: 'office', id: 'roads' };
const parks: Actor = { kind: 'office', id: 'parks' };
const system: Actor = { kind: 'system' };

const caseIn = (state: CaseState, more: Partial<Case> = {}): Case => ({
  id: 'case-1',
  administration: 'city',
  number: '2026-004217-3',
  state,
  kind: 'report',
  category: null,
  office: 'roads',
  assignee: null,
  priority: 'normal',
  outcome: null,
  outcomeReason: null,
  contact: 'mario',
  version: 4,
  dueDate: null,
  plannedDate: null,
  refusals: 0,
  openedAt: instant('2026-03-01T09:00:00.000Z'),
  takenInChargeAt: null,
  endedAt: null,
  lastMessageAt: null,
  duplicateOf: null,
  mergedInto: null,
  head: null,
  followUpOf: null,
  ...more,
});
const after = (current: Case, command: Command): { facts: string[]; then: Case } | string => {
  const decided = decide(current, command, now);
  if (isRefusal(decided)) return decided.refused;
  return { facts: decided.map(one => one.fact), then: decided.reduce<Case>(evolve, current) };
};

describe('an office that does not log in', () => {
  const answered = (more: object = {}): Command => ({
    name: 'officeAnswered',
    message: 'm1',
    letter: 'l1',
    office: 'roads',
    by: roads,
    ...more,
  });

  it.each([
    ['takes charge by answering about a case assigned to it', caseIn('assigned'), answered(), 'in_charge', null],
    [
      'takes charge by name when the address is one person’s',
      caseIn('assigned'),
      answered({ operator: 'laura' }),
      'in_charge',
      'laura',
    ],
    [
      'leaves the case with its assignee when the office answers',
      caseIn('assigned', { assignee: 'laura' }),
      answered(),
      'in_charge',
      'laura',
    ],
    ['takes nothing that another office holds', caseIn('assigned', { office: 'parks' }), answered(), 'assigned', null],
    ['takes nothing by answering a task', caseIn('assigned'), answered({ task: 't1' }), 'assigned', null],
    ['changes nothing of a case already in charge', caseIn('in_charge'), answered(), 'in_charge', null],
    ['opens nothing again by answering late', caseIn('closed', { endedAt: now }), answered(), 'closed', null],
    [
      'does not resume a case that waits for the citizen',
      caseIn('waiting_citizen'),
      answered(),
      'waiting_citizen',
      null,
    ],
  ] as const)('%s', (_, current, command, state, assignee) => {
    const result = after(current, command);
    expect(result).toMatchObject({ then: { state, assignee, lastMessageAt: null } });
  });

  it('acts on a case only while it holds it', () => {
    expect(after(caseIn('assigned'), { name: 'takeCharge', by: roads })).toMatchObject({
      facts: ['taken_in_charge'],
      then: { state: 'in_charge', takenInChargeAt: now },
    });
    expect(after(caseIn('assigned'), { name: 'takeCharge', by: parks })).toBe('not-allowed');
    expect(
      after(caseIn('triage', { office: null }), { name: 'extend', dueDate: '2026-04-01', reason: 'r', by: roads }),
    ).toBe('not-allowed');
  });

  it.each([
    { name: 'assign', office: 'parks' },
    { name: 'close' },
    { name: 'withdraw', reason: 'r' },
    { name: 'markDuplicate', leading: 'case-2' },
    { name: 'askThird', reason: 'r' },
  ] as const)('may not ask for $name', command => {
    const state = command.name === 'close' ? 'resolved' : 'in_charge';
    expect(after(caseIn(state), { ...command, by: roads })).toBe('not-allowed');
  });
});

describe('a letter', () => {
  it.each([
    { name: 'letterQueued', letter: 'l1', message: 'm1', kind: 'assignment', office: 'roads', by: system },
    { name: 'letterDelayed', letter: 'l1', kind: 'assignment', office: 'roads', because: 'no_address', by: system },
    { name: 'setAnswerAside', letter: 'l1', message: 'm2', because: 'stranger', by: system },
  ] as const)('leaves the case as it was: $name', command => {
    const current = caseIn('waiting_citizen');
    expect(after(current, command)).toMatchObject({ then: { ...current, version: 5 } });
  });
});
