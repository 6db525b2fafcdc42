import { groupedBy } from '../grouped.js';

/** What became of things that must happen as often as they are named, and not once more. */
export interface Once {
  /** Expected and not seen. */
  readonly lost: number;
  /** Seen more often than expected, or never expected. */
  readonly duplicated: number;
  /** Which of it, in words for whoever looks for the cause; absent when all happened as it should. */
  readonly wrong?: readonly string[];
}

/** Compares what should have happened with what did, each thing by a name of its own. */
export function onceEach(expected: readonly string[], seen: readonly string[]): Once {
  const wanted = groupedBy(expected, name => name);
  const found = groupedBy(seen, name => name);
  let lost = 0;
  let duplicated = 0;
  const wrong: string[] = [];
  for (const name of new Set([...wanted.keys(), ...found.keys()])) {
    const more = (found.get(name)?.length ?? 0) - (wanted.get(name)?.length ?? 0);
    if (more < 0) lost -= more;
    else duplicated += more;
    if (more !== 0) wrong.push(`${name}: ${found.get(name)?.length ?? 0} instead of ${wanted.get(name)?.length ?? 0}`);
  }
  return { lost, duplicated, ...(wrong.length > 0 ? { wrong } : {}) };
}

/**
 * The same, from a judge that was tried first: with one of the things taken away it must see a loss, with one of them twice a
 * double. Throws when it does not, or when there is nothing to judge: such a run would prove nothing.
 */
export function judged(what: string, expected: readonly string[], seen: readonly string[]): Once {
  const [one] = expected;
  if (one === undefined) throw new Error(`${what}: nothing was to happen, so nothing is proven`);
  const verdict = onceEach(expected, seen);
  const fewer = onceEach([...expected, 'what nobody did'], seen);
  const more = onceEach(expected, [...seen, 'what nobody asked for']);
  if (fewer.lost !== verdict.lost + 1 || more.duplicated !== verdict.duplicated + 1)
    throw new Error(`${what}: the judge does not see a loss or a double`);
  return verdict.wrong ? { ...verdict, wrong: verdict.wrong.map(one => `${what}, ${one}`) } : verdict;
}

/** Several verdicts as one. */
export function together(verdicts: readonly Once[]): Once {
  const wrong = verdicts.flatMap(one => one.wrong ?? []);
  return {
    lost: verdicts.reduce((sum, one) => sum + one.lost, 0),
    duplicated: verdicts.reduce((sum, one) => sum + one.duplicated, 0),
    ...(wrong.length > 0 ? { wrong } : {}),
  };
}
