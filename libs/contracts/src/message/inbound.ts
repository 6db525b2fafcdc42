import { Decimal, Flag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import {
  AUTOMATIC_KINDS,
  CHANNEL_AUTHORS,
  PROGRESS_STATES,
  REFUSAL_REASONS,
  RELATIONS,
  type AutomaticKind,
  type ChannelAuthor,
  type ProgressState,
  type RefusalReason,
  type RelationKind,
} from '../model/message.js';
import { Address } from './address.js';
import { BlobRef } from './blob.js';
import { MediaPart, Parts, type Part } from './parts.js';

/** Which delivery to us carried this fact, and which of its items it is. */
export class ReceptionItem {
  @Id('The reception: one delivery to us') readonly reception: string;
  @Whole('Place of this fact among those of the reception, from 0', {}) readonly index: number;
  @Whole('How many facts the reception carried', { min: 0 }) readonly count: number;
}

/** What every fact from a channel carries; completed by the channel's host, not by the channel. */
export abstract class ChannelFact {
  @Text('Which channel', { max: 40 }) readonly channel: string;
  @Text('Which account of the channel: a mailbox, a number, a page, a form', { max: 200 }) readonly account: string;
  @One('Where it came from', () => ReceptionItem, { optional: true }) readonly reception?: ReceptionItem;
}

/** Evidence of which earlier conversation or case a message belongs to. The core decides what it is worth. */
export class Thread {
  @Texts('Reply tokens of ours found in the message; the core verifies them', { max: 20, maxLength: 200, optional: true })
  readonly tokens?: string[];
  @Texts('External ids this message answers or cites, nearest first', { max: 100, maxLength: 1_000, optional: true })
  readonly references?: string[];
  @Texts('Case numbers written in the message; worth nothing from a stranger', { max: 10, maxLength: 40, optional: true })
  readonly caseNumbers?: string[];
}

/** What this message does to an earlier one. */
export class Relation {
  @OneOf('What it does', RELATIONS) readonly kind: RelationKind;
  @Text('External id of the earlier message', { max: 1_000 }) readonly to: string;
}

/** What is known of a message besides its words. */
export class InboundFlags {
  @OneOf('Written by a machine: never answered automatically, never reopens', AUTOMATIC_KINDS, { optional: true })
  readonly automatic?: AutomaticKind;
  @Flag('Anybody can read it where it was written', { optional: true }) readonly public?: boolean;
  @Flag('Several people read it where it was written, and what is answered there', { optional: true }) readonly shared?: boolean;
  @Text('Why a person must look before it becomes a case: it is quarantined, never dropped', { max: 500, optional: true })
  readonly doubtful?: string;
  @Decimal('How much it looks like an abuse, 0 to 1', { min: 0, max: 1, optional: true }) readonly abuseScore?: number;
  @Flag('The sender failed authentication: no match to an identity, no history disclosed', { optional: true })
  readonly unauthenticated?: boolean;
  @Flag('Part of it could not be read; the original is kept', { optional: true }) readonly incomplete?: boolean;
}

/** What the channel knows that helps to route; open words. */
export class RoutingHints {
  @Text('Form or menu choice that was used', { max: 100, optional: true }) readonly form?: string;
  @Text('Category chosen by the citizen', { max: 100, optional: true }) readonly category?: string;
  @Text('Language, BCP 47', { max: 35, optional: true }) readonly language?: string;
}

/** One thing said by a citizen, normalised. `ce-type` message.received.v1. */
export class Inbound extends ChannelFact {
  @Id('Deterministic from channel, account and external id') readonly id: string;
  @Text("The provider's id, stable: same message, same id, for ever", { max: 1_000 }) readonly externalId: string;
  @Text('The id by which answers cite it, when that is not the external id', { max: 1_000, optional: true })
  readonly citedAs?: string;
  @Text('Which conversation; opaque to all but its channel', { max: 1_000 }) readonly conversation: string;
  @One('Who wrote', () => Address) readonly from: Address;
  @OneOf('Who wrote, as a part', CHANNEL_AUTHORS) readonly author: ChannelAuthor;
  @Text('Title, where the channel has one', { max: 2_000, optional: true }) readonly subject?: string;
  @Parts('What was said') readonly content: Part[];
  @InstantField("When it was said, by the provider's clock") readonly sentAt: string;
  @InstantField('When it reached us') readonly receivedAt: string;
  @One('The original, byte for byte', () => BlobRef) readonly raw: BlobRef;
  @One('Which earlier thread it belongs to', () => Thread, { optional: true }) readonly thread?: Thread;
  @One('What it does to an earlier message', () => Relation, { optional: true }) readonly relation?: Relation;
  @One('What is known of it', () => InboundFlags, { optional: true }) readonly flags?: InboundFlags;
  @One('What helps to route it', () => RoutingHints, { optional: true }) readonly hints?: RoutingHints;
  @ListOf('Other addresses the person asks to be answered at', () => Address, { max: 5, optional: true })
  readonly replyTo?: Address[];
  @One('Where the person asks to have this conversation in writing, once it is over', () => Address, { optional: true })
  readonly transcriptTo?: Address;
  @Text('Secret already given to the citizen to follow the matter', { max: 40, optional: true }) readonly trackingCode?: string;
}

/** What became of a message: a receipt, an outcome of sending, or more of its content. `ce-type` message.progressed.v1. */
export class Progress extends ChannelFact {
  @Text('Which conversation, when known: keeps the order', { max: 1_000, optional: true }) readonly conversation?: string;
  @Id('Our outgoing message, when the provider carries our id back', { optional: true }) readonly message?: string;
  @Text("The provider's id of the message", { max: 1_000, optional: true }) readonly externalId?: string;
  @InstantField('Every message of the conversation sent up to this instant', { optional: true }) readonly upTo?: string;
  @OneOf('What became of it', PROGRESS_STATES) readonly state: ProgressState;
  @Whole('Attempt it speaks of, when it is an outcome of sending', { min: 1, optional: true }) readonly attempt?: number;
  @InstantField('When it happened') readonly at: string;
  @OneOf('Why it failed', REFUSAL_REASONS, { optional: true }) readonly reason?: RefusalReason;
  @Text('The words of the provider, for a person', { max: 2_000, optional: true }) readonly detail?: string;
  @Whole('Grows with each new content of the same message', { optional: true }) readonly revision?: number;
  @Parts('The content as it is now, when the state is `content`', { optional: true }) readonly content?: Part[];
  @Whole('Which part of the content, from 0, when the state is `media`', { optional: true }) readonly part?: number;
  @One('That part as it is now: its bytes were fetched, or will never be', () => MediaPart, { optional: true })
  readonly media?: MediaPart;
  @One('What the citizen chose meanwhile, when the state is `content`', () => RoutingHints, { optional: true })
  readonly hints?: RoutingHints;
  @ListOf('New names of the same endpoint', () => Address, { max: 2, optional: true }) readonly merge?: Address[];
}

/** A delivery that the channel could not read: kept, parked where people see it. `ce-type` reception.unreadable.v1. */
export class Unreadable extends ChannelFact {
  @One('The original, byte for byte', () => BlobRef) readonly raw: BlobRef;
  @InstantField('When it reached us') readonly receivedAt: string;
  @Text('Why it could not be read', { max: 2_000 }) readonly reason: string;
}

/** A delivery that carried no fact for the core; recorded so that nothing kept stays unexplained. `ce-type` reception.empty.v1. */
export class EmptyReception extends ChannelFact {
  @One('The original, byte for byte', () => BlobRef) readonly raw: BlobRef;
  @InstantField('When it reached us') readonly receivedAt: string;
}
