/** How available an operator says they are; only `available` is offered work. Stored values: never renamed. */
export const PRESENCES = ['available', 'busy', 'wrap_up', 'away', 'offline'] as const;
export type Presence = (typeof PRESENCES)[number];

/** Where a work item stands: it waits, it is being offered, a person has it, or it is over. */
export const WORK_STATES = ['queued', 'offered', 'assigned', 'done'] as const;
export type WorkState = (typeof WORK_STATES)[number];

/** What became of an offer. `rescinded`: taken back, because somebody else was quicker or the work is gone. */
export const OFFER_STATES = ['offered', 'accepted', 'rejected', 'expired', 'rescinded'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** How a queue gives its work out. `pull`: it offers nothing, operators take. */
export const STRATEGIES = [
  'pull',
  'longest_idle',
  'least_loaded',
  'round_robin',
  'best_skill',
  'first_to_accept',
] as const;
export type Strategy = (typeof STRATEGIES)[number];
