import type { Part } from '@filodiretto/contracts';

const isHeld = (part: Part | undefined): boolean =>
  part?.type === 'media' && part.fetch === 'done' && part.blob !== undefined;

/** The newer part, unless it knows less of the bytes than the one we have. */
export const keepingBytes = (before: Part | undefined, after: Part): Part =>
  before?.type === 'media' && after.type === 'media' && isHeld(before) && !isHeld(after)
    ? { ...after, blob: before.blob, fetch: before.fetch, scan: before.scan }
    : after;

/** The part we have, with the bytes that an older revision brings. */
export const takingBytes = (before: Part, late: Part | undefined): Part =>
  before.type === 'media' && late?.type === 'media' && !isHeld(before) && isHeld(late)
    ? { ...before, blob: late.blob, fetch: late.fetch, scan: late.scan }
    : before;

export const isCall = (part: Part): boolean => part.type === 'call';

/** Whether a call in it is over. */
export const endedCall = (content: readonly Part[]): boolean =>
  content.some(part => part.type === 'call' && part.endedAt !== undefined);
