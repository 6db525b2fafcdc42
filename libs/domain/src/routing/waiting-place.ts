import type { Case } from '../case/case.js';

/** Where the work of a case is: in an office's queue, in a person's hands, or nowhere. */
export type WorkPlace =
  | { readonly kind: 'queue'; readonly office: string }
  | { readonly kind: 'hands'; readonly office: string; readonly operator: string }
  | { readonly kind: 'nowhere' };

/**
 * Where the work of a case is now. It waits in a queue until a person of its office takes it, or the office itself does: by mail
 * or by a link of a letter, of which nobody is known by name. A case that waits for the citizen or for others, is planned or
 * over, is nobody's work at the moment.
 */
export function workPlace({ state, office, assignee }: Pick<Case, 'state' | 'office' | 'assignee'>): WorkPlace {
  if (office === null || (state !== 'assigned' && state !== 'in_charge')) return { kind: 'nowhere' };
  if (assignee !== null) return { kind: 'hands', office, operator: assignee };
  return state === 'assigned' ? { kind: 'queue', office } : { kind: 'nowhere' };
}

/** Whether the work of a case is in the same place. */
export const isSamePlace = (a: WorkPlace, b: WorkPlace): boolean => JSON.stringify(a) === JSON.stringify(b);
