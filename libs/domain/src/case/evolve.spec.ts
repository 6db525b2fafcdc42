import { describe, expect, it } from '@jest/globals';
import { CASE_KINDS, CASE_STATES, instant, OUTCOMES, PRIORITIES } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import type { Case } from './case.js';
import type { Actor, Command } from './command.js';
import { decide } from './decide.js';
import type { CaseEvent } from './event.js';
import { evolve, fold } from './evolve.js';
import { isEnded, LIFE_CYCLE, NEXT } from './life-cycle.js';
import { isRefusal } from './refusal.js';

const id = fc.constantFrom('a', 'b', 'c');
const word = fc.constantFrom('', 'because', undefined);
const by: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ kind: fc.constant('operator' as const), id }),
  fc.record({ kind: fc.constant('contact' as const), id }),
  fc.constant({ kind: 'system' as const }),
);
const flag = fc.boolean();
const command: fc.Arbitrary<Command> = fc.oneof(
  ...(
    [
      { name: 'startTriage' },
      { name: 'assign', office: id, assignee: fc.option(id) },
      { name: 'assign', office: id, assignee: fc.constant(null) },
      { name: 'takeCharge' },
      { name: 'takeCharge' },
      { name: 'refuseCompetence', reason: fc.constant('not ours') },
      { name: 'schedule', plannedDate: fc.constantFrom('2026-05-01', '2020-01-01', 'soon') },
      { name: 'askCitizen', message: fc.option(id), spoken: flag },
      { name: 'askThird', reason: fc.constant('they dig') },
      { name: 'suspend', legalBasis: fc.constant('art. 2') },
      { name: 'resume' },
      { name: 'extend', dueDate: fc.constantFrom('2026-05-01', '2026-06-01'), reason: word },
      {
        name: 'resolve',
        outcome: fc.constantFrom(...OUTCOMES),
        outcomeReason: fc.constantFrom('done', 'refused', 'ours'),
        message: fc.option(id),
      },
      { name: 'close', reason: word },
      { name: 'reject', reason: fc.constantFrom('abusive', 'x'), message: fc.option(id) },
      { name: 'markDuplicate', leading: id },
      { name: 'withdraw', reason: word },
      { name: 'reopen', reason: word },
      { name: 'messageReceived', message: id, channel: fc.constant('letters'), automatic: flag, reopens: flag },
      { name: 'replyQueued', message: id, channel: fc.constant('letters') },
      { name: 'addNote', note: id },
      { name: 'changePriority', priority: fc.constantFrom(...PRIORITIES) },
      { name: 'changeCategory', category: fc.option(id) },
      { name: 'changeKind', kind: fc.constantFrom(...CASE_KINDS) },
      { name: 'deliveryFailed', message: id, attempt: fc.constant(1) },
      { name: 'callRecorded', message: id },
      { name: 'substitute', operator: id, substitute: id, absence: id },
    ] as const
  ).map(
    ({ name, ...needs }) =>
      fc.record({
        name: fc.constant(name),
        by,
        ...needs,
      }) as fc.Arbitrary<unknown> as fc.Arbitrary<Command>,
  ),
);

const start = Date.parse('2026-03-01T08:00:00.000Z');
const opening: Command = {
  name: 'open',
  by: { kind: 'system' },
  id: 'x',
  administration: 'city',
  number: '2026-000001-0',
  kind: 'report',
  priority: 'normal',
};

interface Told {
  readonly journal: CaseEvent[];
  readonly states: Case[];
}

/** What remains after asking all these things, a day apart. */
function tell(commands: readonly Command[]): Told {
  const told: Told = { journal: [], states: [] };
  let current: Case | null = null;
  for (const [day, one] of [opening, ...commands].entries()) {
    const decision = decide(current, one, instant(start + day * 86_400_000));
    if (isRefusal(decision)) continue;
    for (const event of decision) {
      current = evolve(current, event);
      told.journal.push(event);
      told.states.push(current);
    }
  }
  return told;
}

describe('the journal of a case', () => {
  const stories = fc.array(command, { maxLength: 60 });

  it('gives the state when it is folded, after a round trip through JSON too', () => {
    fc.assert(
      fc.property(stories, commands => {
        const { journal, states } = tell(commands);
        expect(fold(journal)).toEqual(states.at(-1));
        expect(fold(JSON.parse(JSON.stringify(journal)) as CaseEvent[])).toEqual(states.at(-1));
      }),
    );
  });

  it('raises the version by one with every fact', () => {
    fc.assert(
      fc.property(stories, commands => {
        const { states } = tell(commands);
        expect(states.map(state => state.version)).toEqual(states.map((_, index) => index + 1));
      }),
    );
  });

  it('goes from a state to another only as the life cycle says', () => {
    fc.assert(
      fc.property(stories, commands => {
        const { journal, states } = tell(commands);
        for (const [index, after] of states.entries()) {
          const before = states[index - 1];
          if (!before || before.state === after.state) continue;
          const fact = journal[index]?.fact ?? 'opened';
          const allowed = Object.entries(NEXT[before.state]).some(
            ([name, to]) =>
              to.includes(after.state) && LIFE_CYCLE[name as keyof typeof LIFE_CYCLE].facts.includes(fact),
          );
          const atOnce = before.version === 1 && after.state === 'assigned';
          expect(allowed || atOnce).toBe(true);
        }
      }),
    );
  });

  it('has an outcome and an end exactly while the case is over, and an office while somebody holds it', () => {
    fc.assert(
      fc.property(stories, commands => {
        for (const state of tell(commands).states) {
          expect([state.state, state.endedAt !== null, state.outcome !== null]).toEqual([
            state.state,
            isEnded(state.state),
            isEnded(state.state),
          ]);
          if (!isEnded(state.state) && !['received', 'triage'].includes(state.state))
            expect(state.office).not.toBeNull();
          if (state.state === 'duplicate') expect(state.duplicateOf).not.toBeNull();
        }
      }),
    );
  });

  it('reaches every state in some story', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(command, { minLength: 40, maxLength: 60 }), commands => {
        for (const state of tell(commands).states) seen.add(state.state);
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect([...seen].sort()).toEqual([...CASE_STATES].sort());
  });

  it('is damaged when it does not begin with opened, or opens twice', () => {
    const { journal } = tell([{ name: 'addNote', note: 'n', by: { kind: 'operator', id: 'a' } }]);
    expect(() => fold(journal.slice(1))).toThrow('a journal begins with "opened"');
    expect(() => fold([...journal, journal[0]])).toThrow('was opened twice');
  });

  it('is damaged when a fact is not known', () => {
    const { journal } = tell([]);
    expect(() => fold([...journal, { fact: 'vanished', at: instant(0), data: {} } as unknown as CaseEvent])).toThrow(
      'a fact that is not known',
    );
  });

  it('is nothing when it is empty', () => {
    expect(fold([])).toBeNull();
  });
});
