/** What happens to a consent. Stored values: never renamed. */
export const CONSENT_ACTS = ['asked', 'given', 'refused', 'withdrawn'] as const;
export type ConsentAct = (typeof CONSENT_ACTS)[number];

/** How it was said, which is its proof: in a message, a form, a call, at the desk, on the citizen's page. */
export const CONSENT_WAYS = ['message', 'form', 'call', 'desk', 'page'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** Where a consent stands now. */
export const CONSENT_STATES = ['none', ...CONSENT_ACTS] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** What a person may ask of what is kept of them (GDPR, art. 15-18, 21). */
export const RIGHTS = ['access', 'rectification', 'restriction', 'objection', 'erasure'] as const;
export type Right = (typeof RIGHTS)[number];

/** Where such a request stands. */
export const RIGHT_STATES = ['open', 'granted', 'partly_granted', 'refused'] as const;
export type RightState = (typeof RIGHT_STATES)[number];

/** How it was made certain who asks (art. 12.6). */
export const IDENTIFICATIONS = ['document', 'known', 'verified_address', 'strong_login'] as const;
export type Identification = (typeof IDENTIFICATIONS)[number];

/** How it becomes certain which contact somebody is: by a document that was looked at, by a login in a case of theirs. */
export const CONTACT_IDENTIFICATIONS = ['document', 'strong_login'] as const;
export type ContactIdentificationWay = (typeof CONTACT_IDENTIFICATIONS)[number];

/** Documents by which people are known (D.P.R. 445/2000, art. 35). */
export const IDENTITY_DOCUMENTS = [
  'identity_card',
  'passport',
  'driving_licence',
  'residence_permit',
  'other_document',
] as const;
export type IdentityDocument = (typeof IDENTITY_DOCUMENTS)[number];

/** What an authorisation to monitor people who work may allow. */
export const MONITORING_SCOPES = ['figures', 'recordings'] as const;
export type MonitoringScope = (typeof MONITORING_SCOPES)[number];
