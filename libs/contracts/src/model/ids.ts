declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** UUIDv7, made by the application. */
export type Uuid = Branded<string, 'Uuid'>;
export type CaseId = Branded<string, 'CaseId'>;
export type MessageId = Branded<string, 'MessageId'>;
export type OfficeId = Branded<string, 'OfficeId'>;
export type OperatorId = Branded<string, 'OperatorId'>;
export type ContactId = Branded<string, 'ContactId'>;
export type ConversationId = Branded<string, 'ConversationId'>;

/** The provider's id of a fact: the same fact has the same id, for ever. Opaque to everyone but its channel. */
export type ExternalId = Branded<string, 'ExternalId'>;

/** RFC 3339 in UTC, to the millisecond. */
export type Instant = Branded<string, 'Instant'>;

/** An instant as every part of the system writes it. */
export const instant = (at: Date | number | string): Instant => new Date(at).toISOString() as Instant;
