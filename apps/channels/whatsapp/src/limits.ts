/** Limits of the provider, said once. Characters and bytes. */
export const TEXT_MAX = 4_096;
export const CAPTION_MAX = 1_024;
export const BUTTONS_MAX = 3;
export const BUTTON_TITLE_MAX = 20;
export const LIST_ROWS_MAX = 10;
export const LIST_TITLE_MAX = 24;
export const LIST_DESCRIPTION_MAX = 72;
export const CHOICE_ID_MAX = 200;
export const ATTACHMENTS_MAX = 10;
export const DOCUMENT_BYTES_MAX = 100_000_000;

/** What each sort of media accepts; what fits none of them travels as a document. */
export const MEDIA_RULES = {
  image: { maxBytes: 5_000_000, types: ['image/jpeg', 'image/png'] },
  audio: { maxBytes: 16_000_000, types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
  video: { maxBytes: 16_000_000, types: ['video/mp4', 'video/3gpp'] },
  sticker: { maxBytes: 500_000, types: ['image/webp'] },
} as const;

/** The service window restarts with each message of the citizen; our margin is for the distance between clocks. */
export const WINDOW_MS = 24 * 3_600_000;
export const WINDOW_MARGIN_MS = 60_000;
