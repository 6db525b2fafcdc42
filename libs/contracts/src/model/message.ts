export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Who wrote, as channels know it: `external_app` is a person of the administration who answered in the provider's own application. */
export const CHANNEL_AUTHORS = ['contact', 'operator', 'automation', 'external_app'] as const;
export type ChannelAuthor = (typeof CHANNEL_AUTHORS)[number];

/** Who wrote. That it was an `office`, which answered a letter of ours, only the core can tell. */
export const AUTHORS = [...CHANNEL_AUTHORS, 'office'] as const;
export type Author = (typeof AUTHORS)[number];

/** Why a message was written by a machine. Such a message is never answered automatically (RFC 3834). */
export const AUTOMATIC_KINDS = ['auto_reply', 'bulk', 'bounce', 'receipt', 'notification'] as const;
export type AutomaticKind = (typeof AUTOMATIC_KINDS)[number];

/** The road of an outgoing message. Advances by rank only; `failed` and `unknown` by their own rule. */
export const SEND_STATES = [
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  // Taken back by a person before it left; no channel ever says so.
  'withdrawn',
] as const;
export type SendState = (typeof SEND_STATES)[number];

/** How far a call that comes in has come: it rings, it waits for a person, somebody answered, it is over. */
export const CALL_STATES = ['ringing', 'waiting', 'answered', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What a channel may report of a message, in or out. */
export const PROGRESS_STATES = [
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'content',
  'media',
] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

/** Why a send was refused for certain: a closed list, the same on every channel. */
export const REFUSAL_REASONS = [
  'window_closed',
  'opted_out',
  'invalid_recipient',
  'undeliverable',
  'too_long',
  'unsupported_content',
  'rate_limited',
  'unauthorized',
  'policy',
  'configuration',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const MEDIA_KINDS = ['image', 'audio', 'voice', 'video', 'file', 'sticker'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Whether we hold the bytes of an attachment yet. */
export const FETCH_STATES = ['done', 'pending', 'failed', 'expired'] as const;
export type FetchState = (typeof FETCH_STATES)[number];

/** What the virus check said; `skipped` when no scanner is configured. */
export const SCAN_STATES = ['pending', 'clean', 'infected', 'error', 'skipped'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** What was found in a file that is held. Stored values: never renamed. */
export const HELD_REASONS = [
  'virus',
  'unreadable',
  'program',
  'archive-locked',
  'archive-broken',
  'archive-many',
  'archive-large',
  'archive-deep',
  'archive-path',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** How a message relates to an earlier one. */
export const RELATIONS = ['reply', 'reaction', 'edit', 'delete'] as const;
export type RelationKind = (typeof RELATIONS)[number];

export const CALL_ENDINGS = ['completed', 'abandoned', 'voicemail', 'callback', 'busy', 'no_answer', 'failed', 'closed_hours'] as const;
export type CallEnding = (typeof CALL_ENDINGS)[number];

/** Why a new matter was not acknowledged by itself, where it would have been. */
export const UNACKNOWLEDGED = ['own_address', 'loop_suspected', 'already_numbered', 'too_many'] as const;
export type Unacknowledged = (typeof UNACKNOWLEDGED)[number];

/** The kind of an address that is a mailbox (RFC 5321): where letters to offices go, by whichever channel reaches it. */
export const MAILBOX = 'email';
