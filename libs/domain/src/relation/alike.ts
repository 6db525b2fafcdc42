/** What is looked at of two cases that may be on one matter. */
export interface Resemblance {
  /** Between the instants at which they were opened. */
  readonly hours: number;
  /** Between their places; null: of one of them it is not known. */
  readonly meters: number | null;
  readonly sameCategory: boolean;
  /** How alike their titles are, 0 to 1. */
  readonly titles: number;
  /** The words of what was first said in each, as search keeps them: stems, and none of those that say nothing. */
  readonly said: readonly [readonly string[], readonly string[]];
}

/** Why two cases look like one matter. */
export interface Alike {
  readonly near: boolean;
  /** How alike the words are, of the titles or of what was first said, whichever is more; 0 to 1. */
  readonly likeness: number;
  readonly alikeWords: boolean;
  /** The likeliest has most. */
  readonly score: number;
}

/** Metres within which two reports are of one place. */
export const NEAR_METERS = 300;
/** Below this, titles are not alike (what `pg_trgm` takes for alike unless told). */
const TITLES = 0.3;
/** Below this, what was said is not alike, nor when fewer words than `FEWEST` are said in both. */
const SAID = 0.4;
const FEWEST = 2;

/**
 * Whether two cases look like one matter: opened within so many hours of each other, and near each other, of one category or in
 * like words. Null: they do not.
 */
export function alike({ hours, meters, sameCategory, titles, said }: Resemblance, within: number): Alike | null {
  if (hours > within) return null;
  const near = meters !== null && meters <= NEAR_METERS;
  const words = shared(...said);
  const alikeWords = titles >= TITLES || words >= SAID;
  if (!near && !sameCategory && !alikeWords) return null;
  const likeness = Math.max(titles, words);
  const place = near ? 0.5 * (1 - meters / NEAR_METERS) : 0;
  return { near, likeness, alikeWords, score: likeness + place + (sameCategory ? 0.5 : 0) };
}

/** Twice the words that both say, by all that are said (Dice); 0 when too few are in both to say anything. */
function shared(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [new Set(one), new Set(other)];
  const both = [...a].filter(word => b.has(word)).length;
  return both < FEWEST ? 0 : (2 * both) / (a.size + b.size);
}
