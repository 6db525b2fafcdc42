/** Most notes that one link of a letter leaves in its case once it was used. */
export const MOST_KEPT = 20;

/**
 * What becomes of what somebody wrote at a link that was used before: `nothing` was written, it is the `same` that was done,
 * it is to be kept (`keep`), it is `kept` already, or the link has left its `full` number of notes.
 */
export type PressedAgain = 'nothing' | 'same' | 'keep' | 'kept' | 'full';

/** `said` and what it is compared with are digests of words; null: no words. A link acts once, and loses no words after that. */
export function pressedAgain(
  said: string | null,
  link: { readonly did: string | null; readonly kept: readonly string[] },
): PressedAgain {
  if (said === null) return 'nothing';
  if (said === link.did) return 'same';
  if (link.kept.includes(said)) return 'kept';
  return link.kept.length < MOST_KEPT ? 'keep' : 'full';
}
