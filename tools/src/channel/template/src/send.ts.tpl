import type { SendOutcome } from '@filodiretto/channel-kit';
import type { Capabilities, Outbound } from '@filodiretto/contracts';

/** What the channel can do. What is not said it cannot do. */
export const CAPABILITIES = {
  reply: true,
  initiate: true,
  text: { maxLength: 1_600, unit: 'characters' },
  conversations: 'person',
  addressKinds: ['{{id}}'],
} as const satisfies Capabilities;

export type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** What the provider is asked to do. */
export interface ProviderMessage {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Our id, given back by the provider. */
  readonly reference: string;
}

/** An order as the provider wants it, or why it must not be given to it. Pure. */
export function requestOf(order: Outbound): ProviderMessage | Refused {
  const strange = order.content.find(part => part.type !== 'text');
  if (strange) return refused('unsupported_content', `a part of type ${strange.type} cannot be sent here`);
  const words = order.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n');
  const { maxLength } = CAPABILITIES.text;
  if (words.length > maxLength) return refused('too_long', `the text has more than ${maxLength} characters`);
  return { from: order.account, to: order.to.value, text: words, reference: order.id };
}

export const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
