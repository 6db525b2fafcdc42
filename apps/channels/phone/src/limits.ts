/** What the provider accepts: each number once, so that a confirmed value is changed in one place. */
export const SMS_TEXT_MAX = 1_600;
/** Characters in one spoken sentence. */
export const SAY_MAX = 4_000;
/** Media of one text message. */
export const MEDIA_MAX = 10;
/** A recorded message, in bytes: 10 minutes of MP3 with room to spare. */
export const RECORDING_BYTES_MAX = 25_000_000;
/** Steps kept of one call; what comes after is still answered, not listed. */
export const STEPS_MAX = 200;
/** Answers kept of one call to repeat them word for word. */
export const ANSWERS_KEPT = 30;
/** Characters of one transcription. */
export const TRANSCRIPTION_MAX = 20_000;
/** Words said to a citizen whom we call, which travel in an address. */
export const DIAL_WORDS_MAX = 500;
