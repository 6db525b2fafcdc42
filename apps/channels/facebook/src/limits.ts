/** Limits of the provider, said once. Characters and bytes. */
export const TEXT_MAX = 2_000;
export const COMMENT_MAX = 8_000;
export const ATTACHMENT_BYTES_MAX = 25_000_000;
export const ATTACHMENTS_MAX = 10;
export const QUICK_REPLIES_MAX = 13;
export const QUICK_REPLY_TITLE_MAX = 20;
export const QUICK_REPLY_PAYLOAD_MAX = 1_000;
/** What a private reply to a comment writes before the title of a choice, since no button stands there. */
export const BULLET = '\n• ';
/** A question that fits also where all its choices are written under it. */
export const QUESTION_MAX = TEXT_MAX - QUICK_REPLIES_MAX * (BULLET.length + QUICK_REPLY_TITLE_MAX);

/** The window restarts with each message of the citizen; our margin is for the distance between clocks. */
export const WINDOW_MS = 24 * 3_600_000;
/** A person of ours may answer for so long, under the tag HUMAN_AGENT. */
export const HUMAN_WINDOW_MS = 7 * 24 * 3_600_000;
export const WINDOW_MARGIN_MS = 60_000;
