import type { Outcome } from '@filodiretto/contracts/model';

/** What tells one template of an outcome from another. */
export interface OutcomeTemplate {
  readonly outcome: Outcome | null;
  /** Only for this reason of the outcome; null: for all that have none of their own. */
  readonly outcomeReason: string | null;
  readonly language: string;
}

/**
 * The template that tells a citizen how their matter ended: that of the very reason before that of the outcome alone, then
 * the earlier language of those wanted. `undefined` when none speaks a wanted language.
 */
export function chooseOutcomeTemplate<T extends OutcomeTemplate>(
  templates: readonly T[],
  ended: { readonly outcome: Outcome; readonly reason: string },
  languages: readonly string[],
): T | undefined {
  const fitting = templates.filter(
    one =>
      one.outcome === ended.outcome &&
      (one.outcomeReason === null || one.outcomeReason === ended.reason) &&
      languages.includes(one.language),
  );
  const rank = (one: T): number =>
    languages.indexOf(one.language) + (one.outcomeReason === null ? languages.length : 0);
  return [...fitting].sort((a, b) => rank(a) - rank(b))[0];
}
