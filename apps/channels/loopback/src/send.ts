import type { SendOutcome } from '@filodiretto/channel-kit';
import {
  REFUSAL_REASONS,
  type Capabilities,
  type Outbound,
  type Part,
  type RefusalReason,
} from '@filodiretto/contracts';

/** What this channel can do: everything that the contract knows and a test may need. */
export const CAPABILITIES = {
  reply: true,
  initiate: true,
  acknowledge: true,
  subject: true,
  text: { maxLength: 4_096, unit: 'characters' },
  attachments: { max: 5, maxBytes: 10_000_000, mediaTypes: ['*/*'] },
  choices: { max: 3, titleMaxLength: 20, idMaxLength: 200, textMaxLength: 1_024 },
  location: true,
  templates: true,
  replyWindow: { hours: 24, humanHours: 168, templateOutside: true },
  receipts: { sent: true, delivered: true, read: true },
  conversations: 'person',
  addressKinds: ['loopback'],
} as const satisfies Capabilities;

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
const CARRIED: readonly Part['type'][] = ['text', 'media', 'location', 'template', 'choice'];
const HOUR_MS = 3_600_000;

/** Why an order must not reach the provider, or nothing. */
export function refusalOf(order: Outbound, now = Date.now()): Refused | undefined {
  const strange = order.content.find(part => !CARRIED.includes(part.type));
  if (strange) return refused('unsupported_content', `a part of type ${strange.type} cannot be sent here`);
  const { attachments, choices, replyWindow, text } = CAPABILITIES;
  if (wordsOf(order).length > text.maxLength)
    return refused('too_long', `the text has more than ${text.maxLength} characters: send it in more messages`);
  const offered = order.content.filter(part => part.type === 'choice');
  if (offered.length > choices.max || (offered.length > 0 && wordsOf(order) === ''))
    return refused('unsupported_content', `at most ${choices.max} choices, under a question`);
  if (
    offered.some(({ id, title }) => id.length > choices.idMaxLength || title.length > choices.titleMaxLength) ||
    (offered.length > 0 && wordsOf(order).length > choices.textMaxLength)
  )
    return refused('too_long', 'a choice or its question is too long');
  const media = order.content.filter(part => part.type === 'media');
  if (media.length > attachments.max) return refused('unsupported_content', `more than ${attachments.max} files`);
  if (media.some(part => !part.blob || part.blob.size > attachments.maxBytes))
    return refused('unsupported_content', `a file is missing or larger than ${attachments.maxBytes} bytes`);
  const hours = order.author === 'operator' ? replyWindow.humanHours : replyWindow.hours;
  const free = order.content.some(part => part.type !== 'template');
  if (free && order.lastInboundAt && now - Date.parse(order.lastInboundAt) > hours * HOUR_MS)
    return refused('window_closed', `the citizen wrote more than ${hours} hours ago: only a template may be sent`);
  return undefined;
}

/** The words of an order. */
export const wordsOf = (order: Pick<Outbound, 'content'>): string =>
  order.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');

/** What the provider is asked to do with one message: take it, say no, or take it and never say so. */
export type Wish =
  { readonly does: 'accept' | 'lose' | 'vanish' } | { readonly does: 'refuse'; readonly reason: RefusalReason };

/**
 * A wish as its words: `accept`, `refuse` or `refuse:<reason>`, `unknown` (taken, no answer), `unknown:unsent` (not taken, no
 * answer). Nothing for other words.
 */
export function wishOf(words: string): Wish | undefined {
  const [what, how] = words.split(':');
  if (what === 'accept') return { does: 'accept' };
  if (what === 'unknown') return { does: how === 'unsent' ? 'vanish' : 'lose' };
  const reason = REFUSAL_REASONS.find(one => one === (how ?? 'undeliverable'));
  return what === 'refuse' && reason ? { does: 'refuse', reason } : undefined;
}

/** The wish written in the message itself, between square brackets: `[refuse:opted_out]`. */
export const wishIn = (order: Outbound): Wish | undefined => {
  const words = /\[([a-z:_]+)\]/.exec(wordsOf(order))?.[1];
  return words === undefined ? undefined : wishOf(words);
};

export const refused = (reason: RefusalReason, detail: string): Refused => ({ kind: 'refused', reason, detail });
