import { subjects } from '@filodiretto/bus';
import type { Address, Author, ChannelAuthor, Outbound } from '@filodiretto/contracts';
import type { Announcement } from '../case/ledger.js';
import type { Conversation } from '../conversation/conversation.entity.js';
import type { Message } from './message.entity.js';

/** The earlier messages of the conversation, for a channel that shows the answer in its thread. */
export interface EarlierMessages {
  readonly token: string;
  readonly inReplyTo?: string | undefined;
  /** Oldest first. */
  readonly references?: readonly string[] | undefined;
}

/** Where somebody is answered: where they asked to be, when the same channel reaches it. */
export const answerAddress = (from: Address, replyTo: readonly Address[] | undefined): Address =>
  replyTo?.find(one => one.kind === from.kind) ?? from;

/** The order that a queued message stands for: rebuilt from the rows whenever the bus may have lost it. */
export const orderOf = (
  message: Pick<
    Message,
    | 'id'
    | 'attempt'
    | 'channel'
    | 'account'
    | 'address'
    | 'author'
    | 'visibility'
    | 'automatic'
    | 'subject'
    | 'content'
    | 'queuedAt'
  >,
  conversation: Pick<Conversation, 'id' | 'key' | 'lastInboundAt'>,
  { token, inReplyTo, references }: EarlierMessages,
): Outbound => ({
  id: message.id,
  attempt: message.attempt ?? 1,
  channel: message.channel,
  account: message.account,
  conversation: conversation.key,
  to: message.address,
  author: writerOf(message.author),
  visibility: message.visibility,
  ...(message.automatic === 'acknowledgement' || message.automatic === 'notification'
    ? { automatic: message.automatic }
    : {}),
  ...(message.subject ? { subject: message.subject } : {}),
  content: message.content,
  thread: {
    token,
    ...(inReplyTo ? { inReplyTo } : {}),
    ...(references && references.length > 0 ? { references: [...references] } : {}),
  },
  ...(conversation.lastInboundAt ? { lastInboundAt: conversation.lastInboundAt.toISOString() } : {}),
  queuedAt: (message.queuedAt ?? new Date()).toISOString(),
});

/** As channels know who writes: for the administration, a person of it. */
const writerOf = (author: Author): ChannelAuthor => (author === 'office' ? 'operator' : author);

/** The order as the outbox carries it: one for each attempt, in the order of its conversation. */
export const announcementOf = (
  order: Outbound,
  conversationId: string,
  cause: string | null,
): Announcement<'message.queued.v1'> => ({
  eventId: `${order.id}-${order.attempt}`,
  type: 'message.queued.v1',
  subject: subjects.out(order.channel, order.account),
  payload: order,
  ordering: conversationId,
  cause,
});
