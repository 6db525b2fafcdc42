import { describe, expect, it } from '@jest/globals';
import { PRIORITIES, STRATEGIES } from '@filodiretto/contracts/model';
import fc from 'fast-check';
import { chooseOperator, match } from './choose.js';
import { eligible, obstacle, withWork, type Answerer, type Work } from './eligible.js';
import { languageNeed, needAt, nextRelaxation, type Ring } from './need.js';
import { effectiveStart, inOrder, overtakenAtMostMinutes, score, type Scoring } from './score.js';
import { anAnswerer, aQueue, aWork } from './testing.js';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

const skills = fc.constantFrom('taxes', 'language:en', 'building');
const offices = fc.constantFrom('urp', 'taxes');
const channels = fc.constantFrom('letters', 'calls');
const works = (count: number): fc.Arbitrary<Work[]> =>
  fc
    .array(
      fc.record({
        office: offices,
        channel: channels,
        weight: fc.integer({ min: 1, max: 100 }),
        channelMax: fc.option(fc.integer({ min: 1, max: 3 })),
        exclusive: fc.boolean(),
        interruptible: fc.boolean(),
        skills: fc.uniqueArray(fc.record({ skill: skills, level: fc.integer({ min: 1, max: 5 }) }), {
          maxLength: 2,
          selector: one => one.skill,
        }),
        priority: fc.constantFrom(...PRIORITIES),
        virtualStart: fc.integer({ min: 0, max: NOW }),
        dueAt: fc.option(fc.integer({ min: 0, max: 2 * NOW })),
        sticky: fc.option(fc.constantFrom('o0', 'o1', 'o2')),
        excluded: fc.array(
          fc.record({
            operator: fc.constantFrom('o0', 'o1', 'o2'),
            until: fc.integer({ min: NOW - MINUTE, max: NOW + MINUTE }),
          }),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: count },
    )
    .map(all => all.map((one, index) => aWork({ id: `w${index}`, ...one })));
const answerers: fc.Arbitrary<Answerer[]> = fc
  .array(
    fc.record({
      offices: fc.uniqueArray(offices, { minLength: 1 }),
      status: fc.constantFrom('available', 'available', 'available', 'busy', 'away'),
      heartbeatAt: fc.constantFrom(NOW, NOW - 20_000, NOW - 31_000),
      channels: fc.option(fc.uniqueArray(channels, { minLength: 1 })),
      skills: fc.dictionary(skills, fc.integer({ min: 1, max: 5 })),
      capacity: fc.integer({ min: 0, max: 150 }),
      idleSince: fc.integer({ min: 0, max: NOW }),
      lastOfferAt: fc.integer({ min: 0, max: NOW }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(all => all.map((one, index) => anAnswerer({ id: `o${index}`, ...one })));
const rings: fc.Arbitrary<Ring[]> = fc.array(
  fc.record({
    afterSeconds: fc.integer({ min: 0, max: 6_000 }),
    dropSkills: fc.array(fc.constantFrom('taxes', '*'), { maxLength: 1 }),
    lowerLevelsBy: fc.integer({ min: 0, max: 4 }),
    addOffices: fc.array(offices, { maxLength: 1 }),
  }),
  { maxLength: 3 },
);
const settings = fc
  .record({ strategy: fc.constantFrom(...STRATEGIES), rings, stickyWaitSeconds: fc.integer({ min: 0, max: 600 }) })
  .map(aQueue);

describe('giving out work', () => {
  it('P2, P5, P7, P11: whoever is offered work can take it with all they have, whatever was preferred', () => {
    fc.assert(
      fc.property(works(20), answerers, settings, (waiting, operators, queue) => {
        const now = new Map(operators.map(one => [one.id, one]));
        for (const { work, operators: chosen, explanation } of match(waiting, operators, queue, NOW).offers) {
          const need = needAt(work, queue.rings, (NOW - work.virtualStart) / 1_000);
          expect(explanation).toMatchObject({ ring: need.ring, skills: need.skills });
          for (const id of chosen) {
            const operator = now.get(id);
            if (!operator) throw new Error(`${id} does not exist`);
            expect(obstacle(work, need, operator, NOW)).toBeNull();
            now.set(id, withWork(operator, work, NOW));
          }
        }
        for (const one of now.values()) expect(one.load).toBeLessThanOrEqual(one.capacity);
      }),
      { numRuns: 500 },
    );
  });

  it('P1: no work is given out twice, and none is forgotten', () => {
    fc.assert(
      fc.property(works(20), answerers, settings, (waiting, operators, queue) => {
        const { offers, left } = match(waiting, operators, queue, NOW);
        expect([...offers, ...left].map(({ work }) => work.id).sort()).toEqual(waiting.map(({ id }) => id).sort());
        for (const { operators: chosen } of offers)
          if (queue.strategy !== 'first_to_accept') expect(chosen).toHaveLength(1);
          else expect(new Set(chosen).size).toBe(chosen.length);
      }),
    );
  });

  it('leaves nothing that somebody could take, unless it waits for whom the person knows', () => {
    fc.assert(
      fc.property(works(20), answerers, settings, (waiting, operators, queue) => {
        const { offers, left } = match(waiting, operators, queue, NOW);
        const now = new Map(operators.map(one => [one.id, one]));
        for (const { work, operators: chosen } of offers)
          for (const id of chosen) now.set(id, withWork(now.get(id) ?? anAnswerer({ id }), work, NOW));
        for (const { work, held } of left) {
          const need = needAt(work, queue.rings, (NOW - work.virtualStart) / 1_000);
          if (!held) expect([...now.values()].filter(one => eligible(work, need, one, NOW))).toEqual([]);
        }
      }),
    );
  });

  it('P5: whoever refused is spared while another can take it, and only so long', () => {
    const work = aWork({ id: 'w', excluded: [{ operator: 'o1', until: NOW + 1 }] });
    const both = [
      anAnswerer({ id: 'o1', heartbeatAt: NOW, idleSince: 0 }),
      anAnswerer({ id: 'o2', heartbeatAt: NOW, idleSince: 9 }),
    ];
    expect(chooseOperator(work, both, aQueue(), NOW).operators).toEqual(['o2']);
    expect(chooseOperator(work, both.slice(0, 1), aQueue(), NOW).operators).toEqual([]);
    expect(chooseOperator(work, both, aQueue(), NOW + 2).operators).toEqual(['o1']);
  });

  it('P8: equal points on the same operators leave in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 30 }), starts => {
        const waiting = starts.map((virtualStart, index) => aWork({ id: `w${index}`, virtualStart }));
        const served: number[] = [];
        for (let left: Work[] = waiting; left.length > 0;) {
          const one = match(left, [anAnswerer({ id: 'o', heartbeatAt: NOW, capacity: 20 })], aQueue(), NOW).offers[0];
          if (!one) throw new Error('somebody was free');
          served.push(one.work.virtualStart);
          left = left.filter(work => work !== one.work);
        }
        expect(served).toEqual(starts.toSorted((a, b) => a - b));
      }),
    );
  });

  it('P9: by turns, nobody among equals is two ahead of another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 50 }), (people, count) => {
        let operators = Array.from({ length: people }, (_, index) =>
          anAnswerer({ id: `o${index}`, heartbeatAt: NOW, idleSince: index * 7 }),
        );
        const given = new Map(operators.map(one => [one.id, 0]));
        for (let index = 0; index < count; index += 1) {
          const at = NOW + index;
          const [id = ''] = chooseOperator(
            aWork({ id: `w${index}` }),
            operators,
            aQueue({ strategy: 'round_robin' }),
            at,
          ).operators;
          given.set(id, (given.get(id) ?? 0) + 1);
          // They finish at once: who is free the longest must not decide.
          operators = operators.map(one => (one.id === id ? { ...one, lastOfferAt: at, idleSince: 0 } : one));
          const turns = [...given.values()];
          expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each([
    ['longest_idle', 'idle'],
    ['least_loaded', 'light'],
    ['best_skill', 'able'],
    ['round_robin', 'turn'],
  ] as const)('by %s the right one is chosen', (strategy, id) => {
    const all = { heartbeatAt: NOW, idleSince: NOW - 5, load: 40, skills: { taxes: 2 }, lastOfferAt: NOW - 5 };
    const operators = [
      anAnswerer({ ...all, id: 'turn', lastOfferAt: NOW - 9 }),
      anAnswerer({ ...all, id: 'able', skills: { taxes: 5 } }),
      anAnswerer({ ...all, id: 'light', load: 10 }),
      anAnswerer({ ...all, id: 'idle', idleSince: NOW - 50 }),
    ];
    const work = aWork({ id: 'w', skills: [{ skill: 'taxes', level: 1 }] });
    expect(chooseOperator(work, operators, aQueue({ strategy }), NOW).operators).toEqual([id]);
  });

  it('P11: who answered the person before is preferred, waited for a moment, never overloaded', () => {
    const known = anAnswerer({ id: 'known', heartbeatAt: NOW, idleSince: NOW });
    const other = anAnswerer({ id: 'other', heartbeatAt: NOW });
    const full = { ...known, load: 100 };
    const fresh = aWork({ id: 'w', sticky: 'known', virtualStart: NOW - 5_000 });
    const old = { ...fresh, virtualStart: NOW - 21_000 };
    expect(chooseOperator(fresh, [other, known], aQueue(), NOW).operators).toEqual(['known']);
    expect(chooseOperator(fresh, [other, full], aQueue(), NOW)).toMatchObject({ operators: [], held: true });
    expect(chooseOperator(old, [other, full], aQueue(), NOW)).toMatchObject({ operators: ['other'], held: false });
    expect(chooseOperator(fresh, [other, { ...full, status: 'offline' }], aQueue(), NOW).operators).toEqual(['other']);
  });

  it('P11: a person is held for whoever answered them before only while that one frees themselves, and no longer than the queue waits', () => {
    const seen = { held: 0, preferred: 0, over: 0 };
    fc.assert(
      fc.property(works(1), answerers, settings, ([work], operators, queue) => {
        if (!work) return;
        const { held, operators: chosen, explanation } = chooseOperator(work, operators, queue, NOW);
        const waited = (NOW - work.virtualStart) / 1_000;
        const need = needAt(work, queue.rings, waited);
        const before = operators.find(({ id }) => id === work.sticky);
        const kept = before && obstacle(work, need, before, NOW);
        const frees = kept === 'capacity' || kept === 'channel_full' || kept === 'exclusive';
        expect(held).toBe(frees && waited < queue.stickyWaitSeconds);
        if (held) expect(chosen).toEqual([]);
        if (kept === null) expect(chosen).toEqual([work.sticky]);
        if (!held && explanation.eligible > 0) expect(chosen).not.toEqual([]);
        seen.held += Number(held);
        seen.preferred += Number(kept === null);
        seen.over += Number(frees && !held);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
  });

  it('offers to several when the first to accept has it', () => {
    const operators = ['a', 'b', 'c', 'd'].map((id, index) => anAnswerer({ id, heartbeatAt: NOW, idleSince: index }));
    const queue = aQueue({ strategy: 'first_to_accept', offersAtOnce: 3 });
    expect(chooseOperator(aWork({ id: 'w' }), operators, queue, NOW).operators).toEqual(['a', 'b', 'c']);
  });

  it('says why in words of a supervisor', () => {
    const operators = [
      anAnswerer({ id: 'a', heartbeatAt: NOW, idleSince: NOW - 180_000, skills: { taxes: 3 } }),
      anAnswerer({ id: 'b', heartbeatAt: NOW, load: 90, skills: { taxes: 3 } }),
      anAnswerer({ id: 'c', heartbeatAt: NOW }),
    ];
    const work = aWork({
      id: 'w',
      virtualStart: NOW - 42_000,
      priority: 'high',
      skills: [{ skill: 'taxes', level: 3 }],
    });
    expect(chooseOperator(work, operators, aQueue(), NOW).explanation.sentence).toBe(
      'In attesa da 42 s, priorità alta; richiede taxes 3; 1 su 3 possono prenderlo (1 al completo, 1 senza le competenze richieste). Scelto chi è libero da più tempo: 3 min.',
    );
  });
});

describe('the score', () => {
  const scorings: fc.Arbitrary<Scoring> = fc.record({
    perPriority: fc.integer({ min: 0, max: 100 }),
    perMinute: fc.integer({ min: 1, max: 10 }),
    ofDue: fc.integer({ min: 0, max: 100 }),
    dueWithinSeconds: fc.integer({ min: 0, max: 3_600 }),
  });

  it('P3: however much work of higher priority comes, work goes first from the bound on', () => {
    fc.assert(
      fc.property(
        scorings,
        fc.constantFrom(...PRIORITIES),
        fc.constantFrom(...PRIORITIES),
        fc.option(fc.integer({ min: 0, max: 10 * NOW })),
        (scoring, mine, theirs, dueAt) => {
          const levels = Math.max(0, PRIORITIES.indexOf(theirs) - PRIORITIES.indexOf(mine));
          const now = overtakenAtMostMinutes(scoring, levels) * MINUTE + 1;
          const old = aWork({ id: 'z', priority: mine, virtualStart: 0 });
          const fresh = aWork({ id: 'a', priority: theirs, virtualStart: now, dueAt });
          expect(inOrder([fresh, old], scoring, now)[0]?.id).toBe('z');
        },
      ),
    );
  });

  it('P3: a queue that work of the highest priority keeps full serves everything within the bound and what was before', () => {
    const { scoring } = aQueue();
    const bound = overtakenAtMostMinutes(scoring, 3);
    const low = aWork({ id: 'low', priority: 'low', virtualStart: 0 });
    let waiting: Work[] = [low];
    let served: number | undefined;
    for (let minute = 0; served === undefined && minute < 1_000; minute += 1) {
      waiting.push(aWork({ id: `u${minute}`, priority: 'urgent', virtualStart: minute * MINUTE }));
      const [next] = inOrder(waiting, scoring, minute * MINUTE);
      if (next === low) served = minute;
      waiting = waiting.filter(one => one !== next);
    }
    expect(served).toBeLessThanOrEqual(Math.ceil(bound) + 1);
  });

  it('keeps by effective start the order of priority and age, at every moment', () => {
    fc.assert(
      fc.property(works(10), scorings, fc.integer({ min: NOW, max: 10 * NOW }), (waiting, scoring, now) => {
        const undue = waiting.map(one => ({ ...one, dueAt: null }));
        for (const a of undue)
          for (const b of undue) {
            const points = score(a, scoring, now).total - score(b, scoring, now).total;
            if (Math.abs(points) > 1e-6)
              expect(points > 0).toBe(effectiveStart(a, scoring) < effectiveStart(b, scoring));
          }
      }),
    );
  });

  it('grows with the wait, and as the promised time comes', () => {
    const { scoring } = aQueue();
    const due = aWork({ id: 'w', dueAt: NOW });
    expect(score(due, scoring, NOW - 600_000).due).toBe(0);
    expect(score(due, scoring, NOW - 300_000).due).toBe(7.5);
    expect(score(due, scoring, NOW + 1).due).toBe(15);
  });
});

describe('what is required', () => {
  it('is never more after a longer wait', () => {
    fc.assert(
      fc.property(works(1), rings, fc.nat(7_000), fc.nat(7_000), answerers, ([work], all, one, more, operators) => {
        if (!work) return;
        const [now, later] = [needAt(work, all, one), needAt(work, all, one + more)];
        for (const operator of operators)
          if (eligible(work, now, operator, NOW)) expect(obstacle(work, later, operator, NOW)).toBeNull();
      }),
    );
  });

  it('changes at the moment it is said to, and not before', () => {
    fc.assert(
      fc.property(works(1), rings, fc.nat(7_000), ([work], all, waited) => {
        if (!work) return;
        const next = nextRelaxation(work.skills, all, waited);
        const now = needAt(work, all, waited);
        expect(needAt(work, all, next === null ? 1e9 : next - 0.001)).toEqual(now);
        if (next !== null) expect(needAt(work, all, next).ring).toBeGreaterThanOrEqual(now.ring);
      }),
    );
  });

  it('drops a skill that is wanted only for a while', () => {
    const work = { office: 'urp', skills: [{ skill: 'taxes', level: 3, relaxAfterSeconds: 30 }] };
    expect(needAt(work, [], 29).skills).toEqual([{ skill: 'taxes', level: 3 }]);
    expect(needAt(work, [], 30).skills).toEqual([]);
    expect(nextRelaxation(work.skills, [], 0)).toBe(30);
  });

  it.each([
    ['en-GB', 'language:en'],
    ['FR', 'language:fr'],
    ['it-IT', undefined],
    [undefined, undefined],
  ])('the language %s requires %s', (language, skill) => {
    expect(languageNeed(language)?.skill).toBe(skill);
  });
});
