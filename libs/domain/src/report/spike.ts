/** Cases of one category that came to one place in the same stretch of hours: now, and in each of the weeks before. */
export interface Gathering {
  readonly category: string;
  /** The area in which they are, or the office that answers for them, wherever they are. */
  readonly where: { readonly kind: 'area' | 'office'; readonly id: string };
  /** The cases that came now. */
  readonly cases: readonly string[];
  /** How many came at the same hours of the same day of each week before, as far back as is known; in any order. */
  readonly before: readonly number[];
}

/** What is suddenly more than usual. */
export interface Spike extends Gathering {
  /** How many are usual in such a stretch. */
  readonly usual: number;
}

/** So few are never a spike, however seldom there are any: what comes twice or thrice is chance. */
export const LEAST_OF_SPIKE = 5;
/** How many times as many as usual are the least. */
export const TIMES_USUAL = 1.5;
/** How seldom as many would come by chance, at most: once in a thousand such stretches. */
export const MOST_CHANCE = 0.001;
/** From which share of the cases of an office on they are told as those of one area. */
export const SHARE_OF_AREA = 0.8;

/** How many are usual: the average of the weeks before; never nothing, or any case would be endlessly many: one case in one week more. */
export function usualOf(before: readonly number[]): number {
  const sum = before.reduce((total, count) => total + count, 0);
  return Math.max(sum / Math.max(1, before.length), 1 / (before.length + 1));
}

/** How likely it is that by chance so many come or more, where `usual` are (Poisson). Between 0 and 1. */
export function chanceOf(count: number, usual: number): number {
  // Added up from the logarithms of its terms, which do not vanish where many are usual.
  let [fewer, logarithm] = [0, -usual];
  for (let k = 0; k < count; k += 1) {
    fewer += Math.exp(logarithm);
    logarithm += Math.log(usual) - Math.log(k + 1);
  }
  return Math.max(0, 1 - fewer);
}

/**
 * Which gatherings are spikes, the most unusual first. One is when it has at least five cases, more than any week before at these
 * hours, at least half as many again as usual, and as many would come by chance once in a thousand times.
 *
 * What is told of an area and of the office of the same cases is told once: of the area when it has four fifths of them, of the office
 * otherwise.
 */
export function spikesOf(gatherings: readonly Gathering[]): Spike[] {
  const spikes = gatherings.map(one => ({ ...one, usual: usualOf(one.before) })).filter(isSpike);
  return spikes
    .filter(one => !spikes.some(other => tellsAlso(other, one)))
    .toSorted((one, other) => other.cases.length / other.usual - one.cases.length / one.usual);
}

const isSpike = ({ cases: { length }, before, usual }: Spike): boolean =>
  length >= LEAST_OF_SPIKE &&
  length > Math.max(0, ...before) &&
  length >= usual * TIMES_USUAL &&
  chanceOf(length, usual) <= MOST_CHANCE;

/** Whether `one` tells the cases of `other` better. */
function tellsAlso(one: Spike, other: Spike): boolean {
  if (one.category !== other.category || one.where.kind === other.where.kind) return false;
  const cases = new Set(one.cases);
  const shared = other.cases.filter(id => cases.has(id)).length;
  return one.where.kind === 'area'
    ? shared >= other.cases.length * SHARE_OF_AREA
    : shared > other.cases.length / 2 && shared < one.cases.length * SHARE_OF_AREA;
}
