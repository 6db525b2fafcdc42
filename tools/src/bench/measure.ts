/** One figure of the bench. `limit` is what the same machine could do at most in the same run; `ratio` is ours to it. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
  readonly ratio?: number;
  /** How it was measured, in a few words. */
  readonly how: string;
}

export const rounded = (value: number): number => Number(value.toPrecision(4));

/** A rate beside its limit: 1 is the limit itself. */
export const rate = (name: string, value: number, limit: number, unit: string, how: string): Measure => ({
  name,
  value: rounded(value),
  unit,
  limit: rounded(limit),
  ratio: rounded(value / limit),
  how,
});

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs `count` jobs, so many at once; resolves to the milliseconds each took. */
export async function inParallel(
  count: number,
  atOnce: number,
  job: (index: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const began = performance.now();
      await job(index);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return times;
}
