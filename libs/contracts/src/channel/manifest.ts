import { Flag, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { Alias } from '../message/address.js';

/** Limits on the words of one message. */
export class TextCapability {
  @Whole('Longest text', { min: 1 }) readonly maxLength: number;
  @OneOf('What is counted', ['characters', 'bytes', 'segments'], { optional: true }) readonly unit?: 'characters' | 'bytes' | 'segments';
}
export class AttachmentsCapability {
  @Whole('How many in one message', { min: 1 }) readonly max: number;
  @Whole('Largest, in bytes', { min: 1 }) readonly maxBytes: number;
  @Texts('Media types accepted, with wildcards', { max: 50, maxLength: 100 }) readonly mediaTypes: string[];
}
/** For how long after the citizen's last message a free answer is accepted. */
export class ReplyWindowCapability {
  @Whole('Hours for any author', { min: 1 }) readonly hours: number;
  @Whole('Hours when a person writes', { min: 1, optional: true }) readonly humanHours?: number;
  @Flag('Whether a template may be sent outside it', { optional: true }) readonly templateOutside?: boolean;
}
/** Answers to choose from under a question: as buttons, or however the channel shows them. */
export class ChoicesCapability {
  @Whole('How many under one question', { min: 1 }) readonly max: number;
  @Whole('Longest words of one, in characters', { min: 1 }) readonly titleMaxLength: number;
  @Whole('Longest id of one, in characters', { min: 1 }) readonly idMaxLength: number;
  @Whole('Longest question above them, in characters; absent: as any text', { min: 1, optional: true }) readonly textMaxLength?: number;
}
export class ReceiptsCapability {
  @Flag('Tells that it left', { optional: true }) readonly sent?: boolean;
  @Flag('Tells that it arrived', { optional: true }) readonly delivered?: boolean;
  @Flag('Tells that it was read', { optional: true }) readonly read?: boolean;
}

/** What a channel can do, as data. What is absent it cannot do. */
export class Capabilities {
  @Flag('A reply can be sent', { optional: true }) readonly reply?: boolean;
  @Flag('The administration can write first', { optional: true }) readonly initiate?: boolean;
  @Flag('A new matter is acknowledged here, once, with its number', { optional: true }) readonly acknowledge?: boolean;
  @Flag('Has a title', { optional: true }) readonly subject?: boolean;
  @One('Words', () => TextCapability, { optional: true }) readonly text?: TextCapability;
  @Flag('Rich text', { optional: true }) readonly html?: boolean;
  @One('Files', () => AttachmentsCapability, { optional: true }) readonly attachments?: AttachmentsCapability;
  @One('Answers to choose from', () => ChoicesCapability, { optional: true }) readonly choices?: ChoicesCapability;
  @Flag('Places', { optional: true }) readonly location?: boolean;
  @Flag('Texts approved beforehand', { optional: true }) readonly templates?: boolean;
  @Flag('Can call a person', { optional: true }) readonly dial?: boolean;
  @One('When a free reply is accepted', () => ReplyWindowCapability, { optional: true }) readonly replyWindow?: ReplyWindowCapability;
  @One('What it tells of a sent message', () => ReceiptsCapability, { optional: true }) readonly receipts?: ReceiptsCapability;
  @Flag('What is written may be public', { optional: true }) readonly public?: boolean;
  @OneOf('How conversations are told apart: one for a person, or one a thread', ['person', 'thread'], { optional: true })
  readonly conversations?: 'person' | 'thread';
  @Texts('Kinds of address that a message can be started to', { max: 10, maxLength: 40, optional: true })
  readonly addressKinds?: string[];
  @Texts('Kinds of address that are numbers of the provider: nobody is called by them', { max: 10, maxLength: 40, optional: true })
  readonly opaqueAddressKinds?: string[];
}

/** How a channel introduces itself; announced at start, read by the registry and the consoles. */
export class ChannelManifest {
  @Text('Its id: its folder name', { max: 40, pattern: /^[a-z][a-z0-9-]*$/ }) readonly id: string;
  @Text('Its name, as people see it (Italian)', { max: 100 }) readonly name: string;
  @One('What it can do', () => Capabilities) readonly capabilities: Capabilities;
}

/** A channel as the registry knows it: announced by its process, renewed while it runs. */
export class ChannelAnnouncement {
  @One('Manifest', () => ChannelManifest) readonly manifest: ChannelManifest;
  @Texts('Accounts it serves', { max: 1_000, maxLength: 200 }) readonly accounts: string[];
  @ListOf('Where the accounts themselves are reached: never answered by machine, or the house would talk to itself', () => Alias, {
    max: 5_000,
    optional: true,
  })
  readonly addresses?: Alias[];
  @InstantField('When its process last said it runs') readonly seenAt: string;
  @InstantField('When it last heard from the provider: a socket that is open proves nothing', { optional: true })
  readonly lastHeardAt?: string;
  @Text('What keeps it from working, when something does', { max: 1_000, optional: true }) readonly trouble?: string;
}

/** The JetStream key-value bucket of the announcements; the key is the manifest's id. */
export const CHANNELS_BUCKET = 'channels';
/** Key-value bucket in which each channel remembers what it must: keys are `<channel>.s.<the name, sealed by the channel's key>`. */
export const STATE_BUCKET = 'channel-state';
