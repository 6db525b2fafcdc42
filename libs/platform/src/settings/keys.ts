/** A key and, while it is being changed, the one before it: the first makes, all of them know what was made. */
export type Keys = readonly [string, ...string[]];

/** The keys of two settings, `…_KEY` and `PREVIOUS_…_KEY`. */
export const keysOf = (key: string, previous: string | undefined): Keys =>
  previous === undefined ? [key] : [key, previous];
