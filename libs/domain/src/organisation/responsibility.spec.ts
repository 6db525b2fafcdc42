import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  absenceRefusal,
  actsFor,
  directorOf,
  headOf,
  substitutePowerHolderOf,
  type Absence,
  type LedOffice,
  type Responsible,
  type Staff,
} from './responsibility.js';

const office = (id: string, more: Partial<LedOffice>): LedOffice => ({
  id,
  parent: 'city',
  kind: 'office',
  active: true,
  responsible: null,
  substitutes: [],
  substitutePowerHolder: null,
  ...more,
});
const tree = new Map(
  [
    office('city', { kind: 'administration', parent: null, responsible: 'mayor', substitutePowerHolder: 'secretary' }),
    office('people', { kind: 'department', responsible: 'director', substitutes: ['deputy'] }),
    office('registry', { parent: 'people', responsible: 'roberto', substitutes: ['elena', 'franco'] }),
    office('counter', { kind: 'team', parent: 'registry' }),
    office('works', { kind: 'department', substitutes: ['laura'], substitutePowerHolder: 'engineer' }),
    office('roads', { parent: 'works' }),
  ].map(one => [one.id, one]),
);
const EVERYBODY = ['mayor', 'secretary', 'director', 'deputy', 'roberto', 'elena', 'franco', 'laura', 'engineer'];
const away = (operator: string, substitute: string | null = null, from = 0, to = 100): Absence => ({
  operator,
  from,
  to,
  substitute,
});
const staff = (absences: readonly Absence[], gone: readonly string[] = []): Staff => ({
  active: new Set(EVERYBODY.filter(one => !gone.includes(one))),
  absences,
});
const words = (one: Responsible | null): string =>
  one ? `${one.operator} of ${one.office}${one.insteadOf ? ` instead of ${one.insteadOf}` : ''}` : 'nobody';

describe('the head of an office', () => {
  it.each<{ promise: string; of: string; absences?: Absence[]; gone?: string[]; head: string }>([
    { promise: 'is the one responsible', of: 'registry', head: 'roberto of registry' },
    { promise: 'of a team without one is that of its office', of: 'counter', head: 'roberto of registry' },
    { promise: 'is a substitute where nobody is named responsible', of: 'works', head: 'laura of works' },
    {
      promise: 'while away, is whoever they named before any substitute of the office',
      of: 'registry',
      absences: [away('roberto', 'franco')],
      head: 'franco of registry instead of roberto',
    },
    {
      promise: 'while away without naming anybody, is the first substitute',
      of: 'registry',
      absences: [away('roberto')],
      head: 'elena of registry instead of roberto',
    },
    {
      promise: 'is the second substitute when the first is away too',
      of: 'registry',
      absences: [away('roberto'), away('elena')],
      head: 'franco of registry instead of roberto',
    },
    {
      promise: 'is found above when nobody of the office is there',
      of: 'registry',
      absences: [away('roberto'), away('elena'), away('franco')],
      head: 'director of people',
    },
    {
      promise: 'follows the one named by the one who was named',
      of: 'registry',
      absences: [away('roberto', 'deputy'), away('deputy', 'mayor')],
      head: 'mayor of registry instead of roberto',
    },
    {
      promise: 'is a substitute when the one responsible left for good',
      of: 'registry',
      gone: ['roberto'],
      head: 'elena of registry instead of roberto',
    },
    {
      promise: 'is back at the very instant in which the absence ends',
      of: 'registry',
      absences: [away('roberto', 'elena', 0, 50)],
      head: 'roberto of registry',
    },
    {
      promise: 'is found although two people were recorded as standing in for each other',
      of: 'registry',
      absences: [away('roberto', 'elena'), away('elena', 'roberto')],
      head: 'franco of registry instead of roberto',
    },
    { promise: 'of an office that does not exist is nobody', of: 'elsewhere', head: 'nobody' },
    { promise: 'is nobody when all up to the root are gone', of: 'registry', gone: EVERYBODY, head: 'nobody' },
  ])('$promise', ({ of, absences = [], gone = [], head }) => {
    expect(words(headOf(tree, staff(absences, gone), of, 50))).toBe(head);
  });
});

describe('the director of an office', () => {
  it.each<{ promise: string; of: string; absences?: Absence[]; director: string }>([
    { promise: 'heads the department above', of: 'registry', director: 'director of people' },
    { promise: 'of a team is that of its office', of: 'counter', director: 'director of people' },
    { promise: 'of a department heads the administration', of: 'people', director: 'mayor of city' },
    {
      promise: 'while away, is the substitute',
      of: 'registry',
      absences: [away('director')],
      director: 'deputy of people instead of director',
    },
    {
      promise: 'is found above when the whole department is away',
      of: 'roads',
      absences: [away('laura')],
      director: 'mayor of city',
    },
    { promise: 'of the administration is nobody', of: 'city', director: 'nobody' },
  ])('$promise', ({ of, absences = [], director }) => {
    expect(words(directorOf(tree, staff(absences), of, 50))).toBe(director);
  });
});

describe('the holder of the substitute power', () => {
  it.each<{ promise: string; of: string; absences?: Absence[]; holder: string }>([
    { promise: 'is that of the nearest department', of: 'roads', holder: 'engineer of works' },
    { promise: 'is else that of the administration', of: 'counter', holder: 'secretary of city' },
    {
      promise: 'while away, is whoever they named',
      of: 'roads',
      absences: [away('engineer', 'laura')],
      holder: 'laura of works instead of engineer',
    },
    {
      promise: 'while nobody acts for them, is the one above',
      of: 'roads',
      absences: [away('engineer')],
      holder: 'secretary of city',
    },
  ])('$promise', ({ of, absences = [], holder }) => {
    expect(words(substitutePowerHolderOf(tree, staff(absences), of, 50))).toBe(holder);
  });
});

describe('an absence', () => {
  const known = [away('elena', 'franco', 10, 20), away('franco', 'laura', 15, 30)];
  it.each<{ promise: string; asked: Absence; refused?: string }>([
    { promise: 'is recorded', asked: away('roberto', 'elena', 20, 30) },
    { promise: 'may begin as another ends', asked: away('elena', null, 20, 25) },
    { promise: 'names somebody who is away, as long as others act for them', asked: away('roberto', 'elena', 10, 20) },
    { promise: 'names somebody who stands in for them at another time', asked: away('franco', 'elena', 30, 40) },
    { promise: 'ends after it begins', asked: away('roberto', null, 20, 20), refused: '/to' },
    { promise: 'is not covered by oneself', asked: away('roberto', 'roberto'), refused: '/substitute' },
    { promise: 'does not meet another of the same person', asked: away('elena', null, 19, 25), refused: '/from' },
    {
      promise: 'is not covered by who is away at the same time and covered by them',
      asked: away('laura', 'franco', 20, 40),
      refused: '/substitute',
    },
    { promise: 'is not covered in a longer circle', asked: away('laura', 'elena', 0, 18), refused: '/substitute' },
    { promise: 'may close a circle whose people are never away together', asked: away('laura', 'elena', 0, 15) },
  ])('$promise', ({ asked, refused }) => {
    expect(absenceRefusal(known, asked)?.errors?.map(({ pointer }) => pointer)).toEqual(
      refused ? [refused] : undefined,
    );
  });

  it('whatever absences were allowed, nobody ever acts for themselves through others', () => {
    const person = fc.constantFrom('mayor', 'elena', 'franco', 'laura');
    const one = fc.record({
      operator: person,
      substitute: fc.option(person),
      from: fc.integer({ min: 0, max: 20 }),
      to: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), person, fc.integer({ min: 0, max: 20 }), (asked, who, at) => {
        const recorded: Absence[] = [];
        for (const absence of asked) if (!absenceRefusal(recorded, absence)) recorded.push(absence);
        const steps: string[] = [who];
        for (;;) {
          const now = steps.at(-1);
          const next = recorded.find(({ operator, from, to }) => operator === now && from <= at && at < to)?.substitute;
          if (!next) break;
          expect(steps).not.toContain(next);
          steps.push(next);
        }
        const acting = actsFor(staff(recorded), who, at);
        expect(recorded.some(({ operator, from, to }) => operator === acting && from <= at && at < to)).toBe(false);
      }),
    );
  });
});
