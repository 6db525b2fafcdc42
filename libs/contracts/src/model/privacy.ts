/** What happens to a consent. Stored values: never renamed. */
export const CONSENT_ACTS = ['asked', 'given', 'refused', 'withdrawn'] as const;
export type ConsentAct = (typeof CONSENT_ACTS)[number];

/** How it was said, which is its proof: in a message, a form, a call, at the desk, on the citizen's page. */
export const CONSENT_WAYS = ['message', 'form', 'call', 'desk', 'page'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** Where a consent stands now. */
export const CONSENT_STATES = ['none', ...CONSENT_ACTS] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];
