import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { HELD_REASONS, type HeldReason } from '../model/message.js';

/**
 * A file of a citizen in which something was found, or the original of a message that the scanner refuses as a whole: it waits for a
 * person, who looks and releases it or leaves it.
 */
export class HeldAttachmentView {
  @Id('Attachment; of an original or a part, its message') readonly id: string;
  @Flag('Whether it is the original of the message, which is released by itself', { optional: true })
  readonly original?: boolean;
  @Whole('Which part of the message it is, when it is one that is kept beside it and released by itself', { optional: true })
  readonly part?: number;
  @Id('Message that brought it') readonly message: string;
  @Id('Case of the message', { optional: true }) readonly caseId?: string;
  @Text('Number of the case', { max: 40, optional: true, example: '2026-000042' }) readonly caseNumber?: string;
  @Text('File name, as declared', { max: 255, optional: true, example: 'fattura.zip' }) readonly filename?: string;
  @Text('Media type, as declared', { max: 255, example: 'application/zip' }) readonly mediaType: string;
  @Whole('Bytes', { optional: true, example: 48_213 }) readonly size?: number;
  @OneOf('What was found', HELD_REASONS, { example: 'program' }) readonly because: HeldReason;
  @InstantField('When it was found') readonly heldAt: string;
}

/** How far originals and parts of messages that were kept before there was a scanner have been looked at. */
export class EarlierScreening {
  @Flag('All of them have') readonly done: boolean;
  @Whole('How far, in per cent, about', { max: 100, example: 40 }) readonly percent: number;
}

export class HeldAttachmentPage {
  @ListOf('Files that are held, the oldest first', () => HeldAttachmentView, { max: 200 })
  readonly items: HeldAttachmentView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
  @One('What was kept before there was a scanner; absent: there is none', () => EarlierScreening, { optional: true })
  readonly earlier?: EarlierScreening;
}

export class ReleaseAttachment {
  @Text('Why it may be opened although something was found', {
    max: 2_000,
    example: 'Il tecnico ha aperto il programma in un ambiente protetto',
  })
  readonly reason: string;
}
