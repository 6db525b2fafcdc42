/** What the provider accepts: each number once, so that a confirmed value is changed in one place. */
export const SMS_TEXT_MAX = 1_600;
/** Characters in one spoken sentence. */
export const SAY_MAX = 4_000;
/** A recorded message, in bytes: 10 minutes of MP3 with room to spare. */
export const RECORDING_BYTES_MAX = 25_000_000;
/** A picture sent with a text message. */
export const MMS_BYTES_MAX = 16_000_000;
/** Steps kept of one call; what comes after is still answered, not listed. */
export const STEPS_MAX = 200;
/** Answers kept of one call to repeat them word for word. */
export const ANSWERS_KEPT = 30;
