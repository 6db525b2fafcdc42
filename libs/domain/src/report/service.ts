import { LEAST_TOGETHER } from '../survey/survey.js';

/** How those who wait were served, as sums: what averages and shares are made of. */
export interface Served {
  readonly came: number;
  readonly taken: number;
  readonly due: number;
  readonly inTime: number;
  /** Seconds that what was taken had waited, all together. */
  readonly waited: number;
  readonly calls: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Seconds that answered calls had waited, all together. */
  readonly rang: number;
}

/** An office with how many people work there, and how it served. */
export interface OfficeServed {
  readonly id: string;
  readonly people: number;
  readonly served: Served;
}

/** Which offices' service may be shown by itself, and of all of them together. */
export interface ShownService {
  readonly shown: ReadonlySet<string>;
  readonly total: Served;
  /** Whether some is not shown by itself. */
  readonly withheld: boolean;
}

const NOTHING: Served = {
  came: 0,
  taken: 0,
  due: 0,
  inTime: 0,
  waited: 0,
  calls: 0,
  answered: 0,
  abandoned: 0,
  rang: 0,
};

const added = (one: Served, other: Served): Served => ({
  came: one.came + other.came,
  taken: one.taken + other.taken,
  due: one.due + other.due,
  inTime: one.inTime + other.inTime,
  waited: one.waited + other.waited,
  calls: one.calls + other.calls,
  answered: one.answered + other.answered,
  abandoned: one.abandoned + other.abandoned,
  rang: one.rang + other.rang,
});

const together = (offices: readonly OfficeServed[]): Served =>
  offices.map(({ served }) => served).reduce(added, NOTHING);

/**
 * How offices served, so that nobody who works there is counted by themselves unless that is authorised (art. 4 L. 300/1970): an
 * office of fewer than five people is not shown, and is in the total only when those of all such offices are five or more together:
 * otherwise taking what is shown from the total would tell of them.
 */
export function serviceShown(offices: readonly OfficeServed[], authorized: boolean): ShownService {
  const large = offices.filter(({ people }) => authorized || people >= LEAST_TOGETHER);
  const small = offices.filter(office => !large.includes(office));
  const people = small.reduce((sum, office) => sum + office.people, 0);
  return {
    shown: new Set(large.map(({ id }) => id)),
    total: together(people >= LEAST_TOGETHER ? offices : large),
    withheld: small.length > 0,
  };
}
