import type { SendOutcome } from '@filodiretto/channel-kit';
import type { Capabilities, Outbound } from '@filodiretto/contracts';
import { REMEMBERED_HOURS } from './record.js';
import { isConversation } from './token.js';

/** What the channel can do. What is not said it cannot do: nobody is written to who did not begin. */
export const CAPABILITIES = {
  reply: true,
  acknowledge: true,
  text: { maxLength: 8_000, unit: 'characters' },
  replyWindow: { hours: REMEMBERED_HOURS },
  receipts: { sent: true, delivered: true, read: true },
  conversations: 'person',
} as const satisfies Capabilities;

export type Refused = Extract<SendOutcome, { kind: 'refused' }>;

/** The words of an order, or why it must not be kept for the citizen. Pure. */
export function wordsOf(order: Outbound, now = Date.now()): string | Refused {
  if (!isConversation(order.conversation))
    return refused('invalid_recipient', 'This conversation was not begun in the chat.');
  const strange = order.content.find(part => part.type !== 'text');
  if (strange) return refused('unsupported_content', `A part of type ${strange.type} cannot be shown in the chat.`);
  const text = order.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');
  const { maxLength } = CAPABILITIES.text;
  if (text.length > maxLength)
    return refused('too_long', `The text has more than ${maxLength} characters: send it in more messages.`);
  if (order.lastInboundAt && now - Date.parse(order.lastInboundAt) > REMEMBERED_HOURS * 3_600_000)
    return refused(
      'window_closed',
      'The citizen wrote more than a week ago: the page does not show the conversation any more. Answer at another address of theirs.',
    );
  return text;
}

const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
