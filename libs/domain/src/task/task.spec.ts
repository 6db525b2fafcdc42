import { describe, expect, it } from '@jest/globals';
import { instant, type CaseState } from '@filodiretto/contracts/model';
import type { Case } from '../case/case.js';
import type { Actor, Command } from '../case/command.js';
import { decide } from '../case/decide.js';
import { evolve } from '../case/evolve.js';
import { isRefusal } from '../case/refusal.js';

const now = instant('2026-03-10T09:00:00.000Z');
const anna: Actor = { kind: 'operator', id: 'anna' };
const parks: Actor = { kind: 'office', id: 'parks' };
const roads: Actor = { kind: 'office', id: 'roads' };
const outside: Actor = { kind: 'office', id: null };

const opened = (
  state: CaseState,
  tasks: Case['tasks'] = [{ id: 't1', office: 'parks', dueDate: '2026-03-17' }],
): Case => ({
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
  ...(tasks.length > 0 ? { tasks } : {}),
});
const facts = (current: Case, command: Command): readonly string[] | string => {
  const decided = decide(current, command, now);
  return isRefusal(decided) ? (decided.errors?.[0]?.pointer ?? decided.refused) : decided.map(one => one.fact);
};
const after = (current: Case, command: Command): Case => {
  const decided = decide(current, command, now);
  if (isRefusal(decided)) throw new Error(decided.detail);
  return decided.reduce<Case>(evolve, current);
};
const ask = (task: string, office: string | null = 'parks'): Command => ({
  name: 'ask',
  task,
  office,
  dueDate: '2026-03-17',
  by: anna,
});

describe('a question to another office', () => {
  it('leaves the case where it is, and several may be open at once', () => {
    const asked = after(after(opened('in_charge', []), ask('t1')), ask('t2', null));
    expect([asked.state, asked.office, asked.tasks?.map(one => [one.id, one.office])]).toEqual([
      'in_charge',
      'roads',
      [
        ['t1', 'parks'],
        ['t2', null],
      ],
    ]);
  });

  it.each<[string, Case, Command, readonly string[] | string]>([
    ['is not put about what is over', opened('resolved', []), ask('t2'), 'transition-not-allowed'],
    [
      'is not put for a day that is past',
      opened('triage'),
      { ...ask('t2'), dueDate: '2026-03-09' } as Command,
      '/dueDate',
    ],
    [
      'is answered by who was asked',
      opened('triage'),
      { name: 'answerTask', task: 't1', by: parks },
      ['task_answered'],
    ],
    ['is answered by an operator', opened('triage'), { name: 'answerTask', task: 't1', by: anna }, ['task_answered']],
    [
      'is not answered by another office',
      opened('triage'),
      { name: 'answerTask', task: 't1', by: roads },
      'not-allowed',
    ],
    [
      'is not answered by a body outside that was not asked',
      opened('triage'),
      { name: 'answerTask', task: 't1', by: outside },
      'not-allowed',
    ],
    [
      'is answered by the body outside that was',
      opened('triage', [{ id: 't1', office: null, dueDate: '2026-03-17' }]),
      { name: 'answerTask', task: 't1', by: outside },
      ['task_answered'],
    ],
    ['is answered once', opened('triage', []), { name: 'answerTask', task: 't1', by: parks }, 'transition-not-allowed'],
    [
      'is sent back with a reason',
      opened('triage'),
      { name: 'refuseTask', task: 't1', reason: ' ', by: parks },
      '/reason',
    ],
    [
      'is sent back',
      opened('triage'),
      { name: 'refuseTask', task: 't1', reason: 'Non è nostra', by: parks },
      ['task_refused'],
    ],
    [
      'is cancelled by who asked only',
      opened('triage'),
      { name: 'cancelTask', task: 't1', reason: 'x', by: parks },
      'not-allowed',
    ],
    [
      'is put off to a later day only',
      opened('triage'),
      { name: 'extendTask', task: 't1', dueDate: '2026-03-17', reason: 'x', by: parks },
      '/dueDate',
    ],
    [
      'is put off with a reason',
      opened('triage'),
      { name: 'extendTask', task: 't1', dueDate: '2026-03-20', reason: '', by: parks },
      '/reason',
    ],
  ])('%s', (_, current, command, expected) => {
    expect(facts(current, command)).toEqual(expected);
  });

  it('is answered by answering its letter, which takes no charge of the case', () => {
    const answer: Command = {
      name: 'officeAnswered',
      message: 'm1',
      letter: 'l1',
      office: 'parks',
      task: 't1',
      by: parks,
    };
    expect(facts(opened('assigned'), answer)).toEqual(['office_answered', 'task_answered']);
    expect(facts(opened('assigned', []), answer)).toEqual(['office_answered']);
  });
});

describe('a case with open questions', () => {
  const resolve = (more: object = {}): Command => ({
    name: 'resolve',
    outcome: 'positive',
    outcomeReason: 'done',
    spoken: true,
    by: anna,
    ...more,
  });
  it('ends only with a reason, and then nobody need answer any more', () => {
    expect(facts(opened('in_charge'), resolve())).toBe('/leavingTasksOpen');
    const ended = after(opened('in_charge'), resolve({ leavingTasksOpen: 'Già riparato' }));
    expect([ended.state, ended.tasks]).toEqual(['resolved', undefined]);
    expect(facts(opened('in_charge'), resolve({ leavingTasksOpen: 'Già riparato' }))).toEqual([
      'resolved',
      'task_cancelled',
    ]);
  });
  it('says first what else is wrong', () => {
    expect(facts(opened('in_charge'), resolve({ outcome: null }))).toBe('/outcome');
  });
  it('is taken back by its citizen without a reason', () => {
    expect(facts(opened('in_charge'), { name: 'withdraw', by: { kind: 'contact', id: 'mario' } })).toEqual([
      'withdrawn',
      'task_cancelled',
    ]);
  });
  it('gives them to the case that takes it in', () => {
    const passing = { case: 'other', merge: 'm', messages: 1, conversations: 1, reason: null };
    const tasks = opened('in_charge').tasks ?? [];
    const into = after(opened('in_charge', []), {
      name: 'takeIn',
      ...passing,
      lastMessageAt: null,
      dueDate: null,
      tasksIn: tasks,
      by: anna,
    });
    const from = after(opened('in_charge'), { name: 'mergeInto', ...passing, tasksOut: ['t1'], by: anna });
    expect([into.tasks, from.tasks]).toEqual([tasks, undefined]);
  });
});
