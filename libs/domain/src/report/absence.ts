import { LEAST_TOGETHER } from '../survey/survey.js';

/** Who of an office has not come for long, as whoever heads it may be told. */
export type AbsenceTold =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'count'; readonly absent: number; readonly people: number };

/**
 * Names only where counting people one by one is authorised (art. 4 L. 300/1970); else how many they are, of an office in which
 * five people or more work: of fewer, the number would tell who. `undefined`: nothing is told, or nobody is absent.
 */
export function absenceTold(
  { absent, people }: { readonly absent: readonly string[]; readonly people: number },
  authorized: boolean,
): AbsenceTold | undefined {
  if (absent.length === 0) return undefined;
  if (authorized) return { kind: 'names', names: absent };
  return people >= LEAST_TOGETHER ? { kind: 'count', absent: absent.length, people } : undefined;
}
