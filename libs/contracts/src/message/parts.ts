import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateIf, ValidateNested } from 'class-validator';
import { Described, MayHold, schemaOf } from '../described.js';
import { AnyText, Bag, Decimal, InstantField, ListOf, One, OneOf, Text, Texts } from '../fields.js';
import {
  CALL_ENDINGS,
  DIRECTIONS,
  FETCH_STATES,
  MEDIA_KINDS,
  SCAN_STATES,
  type CallEnding,
  type Direction,
  type FetchState,
  type MediaKind,
  type ScanState,
} from '../model/message.js';
import { BlobRef } from './blob.js';

/** Text written inline on the bus; what is longer travels as a blob (`whole`). Characters. */
export const MAX_INLINE_TEXT = 60_000;

export class TextPart {
  @OneOf('Part', ['text']) readonly type: 'text';
  @AnyText('The words, or their beginning when `whole` is given', { max: MAX_INLINE_TEXT }) readonly text: string;
  @AnyText('The words without the quoted ones: a view, the whole text is always kept', { max: MAX_INLINE_TEXT, optional: true })
  readonly visible?: string;
  @One('The whole text in UTF-8, when it is too long to travel inline', () => BlobRef, { optional: true })
  readonly whole?: BlobRef;
}

/** A rich text, already made harmless; its words are always in a text part too. */
export class HtmlPart {
  @OneOf('Part', ['html']) readonly type: 'html';
  @One('The sanitised document', () => BlobRef) readonly blob: BlobRef;
}

export class MediaPart {
  @OneOf('Part', ['media']) readonly type: 'media';
  @OneOf('What it is for a person', MEDIA_KINDS) readonly kind: MediaKind;
  @Text('Media type, as declared', { max: 255 }) readonly mediaType: string;
  @Text('File name, as declared', { max: 255, optional: true }) readonly filename?: string;
  @AnyText('Words written with it', { max: 4_096, optional: true }) readonly caption?: string;
  @Text('Name by which a rich text shows it inline', { max: 512, optional: true }) readonly inlineId?: string;
  @One('The bytes, once we hold them', () => BlobRef, { optional: true }) readonly blob?: BlobRef;
  @OneOf('Whether we hold the bytes', FETCH_STATES) readonly fetch: FetchState;
  @OneOf('What the virus check said', SCAN_STATES) readonly scan: ScanState;
  @Text('What the channel needs to fetch the bytes again; opaque', { max: 2_048, optional: true }) readonly source?: string;
}

export class LocationPart {
  @OneOf('Part', ['location']) readonly type: 'location';
  @Decimal('WGS 84 degrees', { min: -90, max: 90 }) readonly latitude: number;
  @Decimal('WGS 84 degrees', { min: -180, max: 180 }) readonly longitude: number;
  @Text('Name of the place', { max: 1_000, optional: true }) readonly name?: string;
  @Text('Address of the place', { max: 1_000, optional: true }) readonly address?: string;
}

/** A person's card, sent by somebody. */
export class CardPart {
  @OneOf('Part', ['card']) readonly type: 'card';
  @AnyText('Name', { max: 300 }) readonly name: string;
  @Texts('Telephone numbers', { max: 20, maxLength: 64 }) readonly phones: string[];
  @Texts('E-mail addresses', { max: 20, maxLength: 320 }) readonly emails: string[];
}

/** A choice among those offered: a button, a list, a key of the telephone. */
export class ChoicePart {
  @OneOf('Part', ['choice']) readonly type: 'choice';
  @Text('The choice, as it was offered', { max: 1_000 }) readonly id: string;
  @AnyText('Its words', { max: 1_000 }) readonly title: string;
  @AnyText('More words', { max: 1_000, optional: true }) readonly description?: string;
}

export class FormPart {
  @OneOf('Part', ['form']) readonly type: 'form';
  @Text('Which form', { max: 100 }) readonly form: string;
  @Text('Which version of it', { max: 40 }) readonly version: string;
  @Bag('The answers, by field') readonly fields: Record<string, unknown>;
}

/** A step of a call: where in the flow, when, and what was chosen or said. */
export class CallStep {
  @Text('Step of the flow', { max: 100 }) readonly step: string;
  @InstantField('When it was reached') readonly at: string;
  @Text('Key pressed or word recognised', { max: 100, optional: true }) readonly choice?: string;
}

/** A call, as far as it has come; sent again, with a higher revision, while it goes on. */
export class CallPart {
  @OneOf('Part', ['call']) readonly type: 'call';
  @OneOf('Who called whom', DIRECTIONS) readonly direction: Direction;
  @InstantField('When it rang') readonly arrivedAt: string;
  @InstantField('When it entered the queue', { optional: true }) readonly queuedAt?: string;
  @InstantField('When somebody answered', { optional: true }) readonly answeredAt?: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @Text('Who answered', { max: 200, optional: true }) readonly answeredBy?: string;
  @OneOf('How it ended', CALL_ENDINGS, { optional: true }) readonly ending?: CallEnding;
  @ListOf('The road through the flow', () => CallStep, { max: 500 }) readonly steps: CallStep[];
  @Text('Words transcribed, when transcription is on', { max: 20_000, optional: true }) readonly transcription?: string;
}

export class CalendarPart {
  @OneOf('Part', ['calendar']) readonly type: 'calendar';
  @Text('REQUEST, REPLY, CANCEL … (RFC 5546)', { max: 40 }) readonly method: string;
  @AnyText('Title of the event', { max: 1_000 }) readonly summary: string;
  @Text('When it starts, as the invitation says', { max: 64, optional: true }) readonly startsAt?: string;
  @One('The invitation', () => BlobRef) readonly blob: BlobRef;
}

/** A text approved beforehand, sent when the channel accepts no free one. */
export class TemplatePart {
  @OneOf('Part', ['template']) readonly type: 'template';
  @Text('Name of the template', { max: 512 }) readonly name: string;
  @Text('Language', { max: 20 }) readonly language: string;
  @Texts('Values, in order', { max: 50, maxLength: 1_024 }) readonly parameters: string[];
}

/** Asks the channel to call the person and join an operator. */
export class DialPart {
  @OneOf('Part', ['dial']) readonly type: 'dial';
  @Text('Where the operator answers', { max: 320 }) readonly operatorAddress: string;
  @AnyText('Words said to the person first', { max: 1_000, optional: true }) readonly announcement?: string;
}

/** A fact said by the provider, not by a person. */
export class SystemPart {
  @OneOf('Part', ['system']) readonly type: 'system';
  @Text('Code', { max: 100 }) readonly code: string;
  @AnyText('Words', { max: 2_000 }) readonly text: string;
}

/** Something the channel does not know: visible, its original kept. */
export class UnsupportedPart {
  @OneOf('Part', ['unsupported']) readonly type: 'unsupported';
  @Text("The provider's word for it", { max: 200 }) readonly providerType: string;
}

export const PART_CLASSES = [
  { name: 'text', value: TextPart },
  { name: 'html', value: HtmlPart },
  { name: 'media', value: MediaPart },
  { name: 'location', value: LocationPart },
  { name: 'card', value: CardPart },
  { name: 'choice', value: ChoicePart },
  { name: 'form', value: FormPart },
  { name: 'call', value: CallPart },
  { name: 'calendar', value: CalendarPart },
  { name: 'template', value: TemplatePart },
  { name: 'dial', value: DialPart },
  { name: 'system', value: SystemPart },
  { name: 'unsupported', value: UnsupportedPart },
];

export type Part =
  | TextPart
  | HtmlPart
  | MediaPart
  | LocationPart
  | CardPart
  | ChoicePart
  | FormPart
  | CallPart
  | CalendarPart
  | TemplatePart
  | DialPart
  | SystemPart
  | UnsupportedPart;

/** The base that an unknown `type` falls to: it fails validation, by name. */
class UnknownPart {
  @OneOf(
    'Part',
    PART_CLASSES.map(p => p.name),
  )
  readonly type: string;
}

/** The parts of a message, in order. */
export const Parts = (description: string, said: { readonly optional?: true } = {}): PropertyDecorator & ClassDecorator =>
  applyDecorators(
    MayHold(...PART_CLASSES.map(p => p.value)),
    Described({
      description,
      required: !said.optional,
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: { oneOf: PART_CLASSES.map(p => schemaOf(p.value)) },
    }),
    ...(said.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(200),
    ValidateNested({ each: true }),
    Type(() => UnknownPart, {
      keepDiscriminatorProperty: true,
      discriminator: { property: 'type', subTypes: PART_CLASSES },
    }),
  );
