import { Id, InstantField, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { CHANNEL_AUTHORS, VISIBILITIES, type ChannelAuthor, type Visibility } from '../model.js';
import { Address } from './address.js';
import { Parts, type Part } from './parts.js';

/** What a channel may use so that the answer is shown in the citizen's own thread. */
export class OutboundThread {
  @Text('Proof that an answer belongs here; made and verified by the core, carried by the channel where it can', { max: 200 })
  readonly token: string;
  @Text('External id of the message answered', { max: 1_000, optional: true }) readonly inReplyTo?: string;
  @Texts('External ids of the earlier messages, oldest first', { max: 30, maxLength: 1_000, optional: true })
  readonly references?: string[];
}

/** An order to say something to a citizen. `ce-type` message.queued.v1. Carried out at most once. */
export class Outbound {
  @Id('Our message') readonly id: string;
  @Whole('Which attempt; a new one only after a certain failure, by a person', { min: 1 }) readonly attempt: number;
  @Text('Which channel', { max: 40 }) readonly channel: string;
  @Text('Which account of the channel', { max: 200 }) readonly account: string;
  @Text('Which conversation; opaque to all but its channel', { max: 1_000 }) readonly conversation: string;
  @One('To whom', () => Address) readonly to: Address;
  @OneOf('Who wrote: a machine may not always do what a person may', CHANNEL_AUTHORS)
  readonly author: ChannelAuthor;
  @OneOf('Where the answer may be seen', VISIBILITIES) readonly visibility: Visibility;
  @OneOf('Why a machine wrote it', ['acknowledgement', 'notification'], { optional: true })
  readonly automatic?: 'acknowledgement' | 'notification';
  @Text('Title, where the channel has one', { max: 2_000, optional: true }) readonly subject?: string;
  @Parts('What to say') readonly content: Part[];
  @One('The thread it belongs to', () => OutboundThread) readonly thread: OutboundThread;
  @InstantField("The citizen's last message, by the provider's clock", { optional: true }) readonly lastInboundAt?: string;
  @InstantField('When it was ordered') readonly queuedAt: string;
}
