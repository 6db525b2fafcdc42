/** What the provider documents, said once: change a confirmed value here only. Characters, seconds, milliseconds. */
export const SAY_MAX = 4_096;
export const BODY_MAX = 1_600;
export const TWIML_MAX = 64_000;
export const QUEUE_SIZE = 100;
export const QUEUE_SIZE_MAX = 5_000;
export const DIAL_SECONDS = 30;
export const CALL_SECONDS = 60;
export const GATHER_SECONDS = 5;
export const RECORD_SILENCE_SECONDS = 5;
export const RECORD_SECONDS = 3_600;
/** A file that is played lasts this long here, whatever is in it. */
export const PLAY_SECONDS = 5;
/** A wait document that takes no time is not asked again sooner. */
export const WAIT_AGAIN_SECONDS = 1;
export const READ_TIMEOUT_MS = 15_000;
export const RETRIES_MAX = 5;
