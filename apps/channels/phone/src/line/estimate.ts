/** How much the last conversation weighs in the mean. */
const WEIGHT = 0.2;

/** The mean length of conversations, the newer ones weighing more. Seconds. */
export const meanAfter = (mean: number | undefined, seconds: number): number =>
  mean === undefined ? seconds : mean + WEIGHT * (seconds - mean);

/**
 * Minutes until somebody at a position is answered: position × mean length ÷ operators. Nothing is promised when nobody is
 * active or no conversation was ever measured.
 */
export function minutesToWait(
  position: number,
  meanSeconds: number | undefined,
  activeOperators: number,
): number | undefined {
  if (activeOperators <= 0 || meanSeconds === undefined) return undefined;
  return Math.max(1, Math.round((position * meanSeconds) / activeOperators / 60));
}
