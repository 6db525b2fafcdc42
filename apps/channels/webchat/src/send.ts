import type { SendOutcome } from '@filodiretto/channel-kit';
import type { Capabilities, Outbound } from '@filodiretto/contracts';
import { CHOICE_ID_MAX, CHOICE_TITLE_MAX, REMEMBERED_HOURS, type LineChoice, type LineFile } from './record.js';
import { isConversation } from './token.js';

/** What the channel can do. What is not said it cannot do: nobody is written to who did not begin. */
export const CAPABILITIES = {
  reply: true,
  acknowledge: true,
  text: { maxLength: 8_000, unit: 'characters' },
  attachments: { max: 5, maxBytes: 10_000_000, mediaTypes: ['*/*'] },
  choices: { max: 10, titleMaxLength: CHOICE_TITLE_MAX, idMaxLength: CHOICE_ID_MAX },
  replyWindow: { hours: REMEMBERED_HOURS },
  receipts: { sent: true, delivered: true, read: true },
  conversations: 'person',
} as const satisfies Capabilities;

export type Refused = Extract<SendOutcome, { kind: 'refused' }>;

/** What an order says, as a page shows it. */
export interface Answer {
  readonly text: string;
  readonly files?: readonly LineFile[];
  readonly choices?: readonly LineChoice[];
}

/** What an order says, or why it must not be kept for the citizen. Pure. */
export function answerOf(order: Outbound, now = Date.now()): Answer | Refused {
  if (!isConversation(order.conversation))
    return refused('invalid_recipient', 'This conversation was not begun in the chat.');
  const strange = order.content.find(({ type }) => type !== 'text' && type !== 'media' && type !== 'choice');
  if (strange) return refused('unsupported_content', `A part of type ${strange.type} cannot be shown in the chat.`);
  const text = order.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');
  const media = order.content.filter(part => part.type === 'media');
  const {
    text: { maxLength },
    attachments: { max, maxBytes },
    choices: { max: mostChoices },
  } = CAPABILITIES;
  const choices = order.content.flatMap(part => (part.type === 'choice' ? [{ id: part.id, title: part.title }] : []));
  if (choices.length > mostChoices || (choices.length > 0 && text === ''))
    return refused('unsupported_content', `At most ${mostChoices} choices are shown, under a question.`);
  if (choices.some(({ id, title }) => title === '' || title.length > CHOICE_TITLE_MAX || id.length > CHOICE_ID_MAX))
    return refused('too_long', `A choice has at most ${CHOICE_TITLE_MAX} characters.`);
  if (text.length > maxLength)
    return refused('too_long', `The text has more than ${maxLength} characters: send it in more messages.`);
  if (media.length > max) return refused('too_long', `There are more than ${max} files: send them in more messages.`);
  const files: LineFile[] = [];
  for (const { blob, scan, filename, kind, mediaType } of media) {
    const name = filename ?? kind;
    if (!blob) return refused('unsupported_content', `The file ${name} is not there.`);
    if (scan === 'infected') return refused('policy', `The file ${name} has a virus.`);
    if (blob.size > maxBytes)
      return refused('unsupported_content', `The file ${name} has more than ${maxBytes} bytes.`);
    files.push({ name, mediaType, bytes: blob.size, sha256: blob.sha256 });
  }
  if (order.lastInboundAt && now - Date.parse(order.lastInboundAt) > REMEMBERED_HOURS * 3_600_000)
    return refused(
      'window_closed',
      'The citizen wrote more than a week ago: the page does not show the conversation any more. Answer at another address of theirs.',
    );
  return { text, ...(files.length > 0 ? { files } : {}), ...(choices.length > 0 ? { choices } : {}) };
}

const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
