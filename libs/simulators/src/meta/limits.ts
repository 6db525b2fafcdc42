/** What the provider documents, said once: change a confirmed value here only. Characters, bytes, milliseconds. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const WHATSAPP = {
  text: 4_096,
  caption: 1_024,
  interactiveBody: 1_024,
  opaque: 512,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  rows: 10,
  rowTitle: 24,
  rowId: 200,
  rowDescription: 72,
  listButton: 20,
  windowMs: DAY,
  mediaUrlMs: 5 * 60_000,
  bytes: { image: 5_000_000, audio: 16_000_000, video: 16_000_000, sticker: 500_000, document: 100_000_000 },
} as const;
export const PAGE = {
  text: 2_000,
  metadata: 1_000,
  quickReplies: 13,
  quickReplyTitle: 20,
  quickReplyPayload: 1_000,
  attachmentBytes: 25_000_000,
  comment: 8_000,
  windowMs: DAY,
  humanAgentMs: 7 * DAY,
  privateReplyMs: 7 * DAY,
  attachmentUrlMs: HOUR,
} as const;
/** For how long a webhook that is not answered 2xx is sent again. */
export const REDELIVERY_MS = 7 * DAY;
