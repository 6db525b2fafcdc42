import { Described, schemaOf } from '../described.js';
import { Address } from '../message/address.js';
import { InboundFlags } from '../message/inbound.js';
import {
  CallPart,
  CardPart,
  ChoicePart,
  DialPart,
  FormPart,
  LocationPart,
  MAX_INLINE_TEXT,
  SystemPart,
  TemplatePart,
  UnsupportedPart,
} from '../message/parts.js';
import { AnyText, Flag, Id, InstantField, One, OneOf, Text, Whole } from '../fields.js';
import {
  AUTHORS,
  DIRECTIONS,
  FETCH_STATES,
  MEDIA_KINDS,
  REFUSAL_REASONS,
  RELATIONS,
  SCAN_STATES,
  SEND_STATES,
  UNACKNOWLEDGED,
  VISIBILITIES,
  type Author,
  type Direction,
  type FetchState,
  type MediaKind,
  type RefusalReason,
  type RelationKind,
  type ScanState,
  type SendState,
  type Unacknowledged,
  type Visibility,
} from '../model.js';
import { CaseRef, OfficeRef, OperatorRef } from './refs.js';

/** Words. */
export class TextPartView {
  @OneOf('Part', ['text']) readonly type: 'text';
  @AnyText('The words, or their beginning when `href` is given', { max: MAX_INLINE_TEXT, example: 'Buongiorno, il lampione è spento.' })
  readonly text: string;
  @AnyText('The words without the quoted ones', { max: MAX_INLINE_TEXT, optional: true }) readonly visible?: string;
  @Text('Where the whole text is, when it is too long', { max: 300, optional: true }) readonly href?: string;
}
/** A rich text, already made harmless; its words are always in a text part too. Show it in a sandbox. */
export class HtmlPartView {
  @OneOf('Part', ['html']) readonly type: 'html';
  @Text('Where the document is', { max: 300 }) readonly href: string;
}
/** A file, a picture, a voice. */
export class MediaPartView {
  @OneOf('Part', ['media']) readonly type: 'media';
  @Id('Attachment', { optional: true }) readonly attachment?: string;
  @OneOf('What it is for a person', MEDIA_KINDS) readonly kind: MediaKind;
  @Text('Media type, as declared: not to be trusted', { max: 255, example: 'image/jpeg' }) readonly mediaType: string;
  @Text('File name, as declared', { max: 255, optional: true, example: 'lampione.jpg' }) readonly filename?: string;
  @AnyText('Words written with it', { max: 4_096, optional: true }) readonly caption?: string;
  @Text('Name by which a rich text shows it inline', { max: 512, optional: true }) readonly inlineId?: string;
  @Whole('Bytes', { optional: true }) readonly size?: number;
  @OneOf('Whether we hold the bytes', FETCH_STATES) readonly fetch: FetchState;
  @OneOf('What the virus check said', SCAN_STATES) readonly scan: ScanState;
  @Text('Where the bytes are, once we hold them', { max: 300, optional: true }) readonly href?: string;
}
/** An invitation. */
export class CalendarPartView {
  @OneOf('Part', ['calendar']) readonly type: 'calendar';
  @Text('REQUEST, REPLY, CANCEL … (RFC 5546)', { max: 40 }) readonly method: string;
  @AnyText('Title of the event', { max: 1_000 }) readonly summary: string;
  @Text('When it starts, as the invitation says', { max: 64, optional: true }) readonly startsAt?: string;
  @Text('Where the invitation is', { max: 300 }) readonly href: string;
}

/** Every class that a part of a message may be, for the description of the API. */
export const PART_VIEWS = [
  TextPartView,
  HtmlPartView,
  MediaPartView,
  CalendarPartView,
  LocationPart,
  CardPart,
  ChoicePart,
  FormPart,
  CallPart,
  TemplatePart,
  DialPart,
  SystemPart,
  UnsupportedPart,
] as const;
export type PartView = InstanceType<(typeof PART_VIEWS)[number]>;

const PartViews = (description: string): PropertyDecorator =>
  Described({
      description,
      type: 'array',
      items: { oneOf: PART_VIEWS.map(schemaOf) },
      example: [{ type: 'text', text: 'Buongiorno, il lampione è spento.' }],
  });

/** The road of an outgoing message so far. */
export class SendView {
  @OneOf('Where it stands', SEND_STATES, { example: 'delivered' }) readonly state: SendState;
  @Whole('Which attempt', { min: 1, example: 1 }) readonly attempt: number;
  @OneOf('Why it was refused', REFUSAL_REASONS, { optional: true }) readonly reason?: RefusalReason;
  @Text('The words of the provider', { max: 2_000, optional: true }) readonly detail?: string;
  @InstantField('When it was ordered', { optional: true }) readonly queuedAt?: string;
  @InstantField('Until when it is held, and can be taken back', { optional: true }) readonly heldUntil?: string;
  @InstantField('When the provider took it', { optional: true }) readonly acceptedAt?: string;
  @InstantField('When it left the provider', { optional: true }) readonly sentAt?: string;
  @InstantField('When it arrived', { optional: true }) readonly deliveredAt?: string;
  @InstantField('When it was read', { optional: true }) readonly readAt?: string;
  @InstantField('When it failed', { optional: true }) readonly failedAt?: string;
  @Flag('Whether a person may order a new attempt') readonly mayRetry: boolean;
}

/** What a message does to an earlier one. */
export class RelationView {
  @OneOf('What it does', RELATIONS) readonly kind: RelationKind;
  @Id('The earlier message, when we know it', { optional: true }) readonly message?: string;
}

/** What a person should know before they believe where a message was put. */
export class EvidenceView {
  @Flag('Who wrote does not belong to the case: they know a message of it. Answers go to them only when that is asked for', {
    optional: true,
  })
  readonly stranger?: boolean;
  @One('The case whose number is written in it, and to which it was not put: nothing proves that its party wrote it', () => CaseRef, {
    optional: true,
  })
  readonly claimedCase?: CaseRef;
  @OneOf('Why its case was not acknowledged by itself', UNACKNOWLEDGED, { optional: true })
  readonly unacknowledged?: Unacknowledged;
}

/** The letter to an office that a message is, or answers. */
export class LetterRef {
  @Id('Letter') readonly id: string;
  @Text('What it is for', { max: 40, example: 'assignment' }) readonly kind: string;
  @One('The office it was written to', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('The operator it was written to', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @Text('The body outside that it was written to', { max: 300, optional: true, example: 'Acquedotto del Bacino' })
  readonly name?: string;
  @Flag('Whoever answered is who was asked; absent on the letter itself', { optional: true })
  readonly verified?: boolean;
}

/** One thing said, in or out; a call is one. */
export class MessageView {
  @Id('Message') readonly id: string;
  @Id('Conversation') readonly conversation: string;
  @OneOf('In or out', DIRECTIONS, { example: 'in' }) readonly direction: Direction;
  @OneOf('Who wrote, as a part', AUTHORS, { example: 'contact' }) readonly author: Author;
  @One('Which operator wrote it', () => OperatorRef, { optional: true }) readonly operator?: OperatorRef;
  @Text('Why a machine wrote it', { max: 40, optional: true }) readonly automatic?: string;
  @Text('Channel', { max: 40, example: 'email' }) readonly channel: string;
  @Text('Account of the channel', { max: 200, example: 'urp@comune.example' }) readonly account: string;
  @One('Who wrote, or to whom', () => Address) readonly address: Address;
  @AnyText('Title', { max: 2_000, optional: true, example: 'Lampione spento in via Roma' }) readonly subject?: string;
  @PartViews('What was said') readonly content: PartView[];
  @Whole('Grows when the content does', { example: 0 }) readonly revision: number;
  @OneOf('Where it may be seen', VISIBILITIES, { example: 'parties' }) readonly visibility: Visibility;
  @One('What is known of it besides its words', () => InboundFlags, { optional: true }) readonly flags?: InboundFlags;
  @One('What to know before believing where it was put', () => EvidenceView, { optional: true }) readonly evidence?: EvidenceView;
  @One('The letter to an office that it is, or answers', () => LetterRef, { optional: true }) readonly letter?: LetterRef;
  @One('What it does to an earlier message', () => RelationView, { optional: true }) readonly relation?: RelationView;
  @One('Its road, when it goes out', () => SendView, { optional: true }) readonly send?: SendView;
  @InstantField("When it was said, by the provider's clock") readonly sentAt: string;
  @InstantField('When it reached us, or was ordered') readonly receivedAt: string;
  @Text('Where the original is, byte for byte', { max: 300, optional: true }) readonly original?: string;
}

/** How a rich text is shown. */
export class ShowRichText {
  @OneOf('Whether pictures that are kept elsewhere are loaded; absent: they are not', ['block', 'allow'], {
    optional: true,
    example: 'block',
  })
  readonly remote?: 'block' | 'allow';
}

/** Orders a failed or unknown message to be tried again. */
export class RetryMessage {
  @Flag('The state is unknown, and whoever asks accepts that the citizen may receive it twice', {
    optional: true,
    example: true,
  })
  readonly mayArriveTwice?: boolean;
}

/** A file kept to be sent with a reply. */
export class UploadView {
  @Id('Upload: to be named in `attachments` of a reply') readonly id: string;
  @Text('File name', { max: 255, example: 'modulo.pdf' }) readonly filename: string;
  @Text('Media type, as its bytes show', { max: 255, example: 'application/pdf' }) readonly mediaType: string;
  @Whole('Bytes', { example: 48_213 }) readonly size: number;
  @OneOf('What the virus check said; `pending`: it may be sent once it is `clean`', SCAN_STATES) readonly scan: ScanState;
}
