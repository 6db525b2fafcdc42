import { DIFFICULTIES, MERITS, type SurveyReason } from '@filodiretto/contracts/model';

/** For how many days after the outcome a service can be rated, and the rating changed. */
export const RATING_DAYS = 30;
/** As few ratings as are ever shown together: of fewer, people could be told apart. */
export const LEAST_TOGETHER = 5;
/** From how many stars on somebody is asked what they liked, and no longer what was difficult. */
const LIKED_FROM = 4;

const DAY_MS = 86_400_000;

/** Until when a case can be rated; `undefined`: it has no outcome, or the time is over. Instants as ISO 8601. */
export function ratedUntil(
  ended: { readonly endedAt: string | null; readonly outcome: string | null },
  now: string,
): string | undefined {
  if (ended.endedAt === null || ended.outcome === null || ended.outcome === 'not_applicable') return undefined;
  const until = new Date(Date.parse(ended.endedAt) + RATING_DAYS * DAY_MS).toISOString();
  return now <= until ? until : undefined;
}

/** The reasons that go with so many stars; the others are answers to a question that was not asked. */
export const reasonsFor = (stars: number, reasons: readonly SurveyReason[]): SurveyReason[] => {
  const asked: readonly SurveyReason[] = stars >= LIKED_FROM ? MERITS : DIFFICULTIES;
  return reasons.filter(reason => asked.includes(reason));
};
