import type { Schemas } from '@filodiretto/api-client';
import { opaqueKinds } from '../case/person.js';

type Conversation = Schemas['CaseConversation'];
type Channel = Schemas['ChannelView'];
type Capabilities = Schemas['Capabilities'];

/** What a conversation lets one do now. */
export interface Possible {
  readonly conversation: Conversation;
  /** The channel by which the reply goes: that of the conversation, or the one where it is answered instead. */
  readonly channel: string;
  readonly name: string;
  readonly can: Capabilities;
  /** Whether words of one's own are accepted now. */
  readonly free: boolean;
  /** Whether a text approved beforehand may be sent although words of one's own may not. */
  readonly approved: boolean;
  /** Why not: the name of the problem. */
  readonly because: string | undefined;
}

/** The conversations with the citizen, the one in which they last wrote first. */
export const withCitizen = (conversations: readonly Conversation[]): Conversation[] =>
  conversations
    .filter(({ internal }) => internal !== true)
    .sort((a, b) => (b.lastInboundAt ?? '').localeCompare(a.lastInboundAt ?? ''));

const placeOf = ({ channel, address, instead }: Conversation): string => {
  const to = instead ?? { channel, address };
  return JSON.stringify([to.channel, to.address.kind, to.address.value]);
};

/**
 * The conversations among which one chooses where to reply: of those by which a reply reaches the same address from the same account one
 * stands for all, that which was chosen already or else the first in which a reply is accepted.
 */
export function toChooseFrom(conversations: readonly Conversation[], chosen: string | undefined): Conversation[] {
  const same = (one: Conversation, other: Conversation): boolean =>
    placeOf(one) === placeOf(other) &&
    (one.instead !== undefined || other.instead !== undefined || one.account === other.account);
  const best = (several: readonly Conversation[]): Conversation | undefined =>
    several.find(({ id }) => id === chosen) ?? several.find(({ mayReply }) => mayReply) ?? several[0];
  return conversations.filter(one => best(conversations.filter(other => same(one, other))) === one);
}

/** What each of them is called: by channel and person, and by address and account too where that alone would be the same. */
export function namesOf(conversations: readonly Conversation[], channels: readonly Channel[]): [string, string][] {
  const opaque = opaqueKinds(channels);
  const short = (one: Conversation): string => {
    const { displayName, kind, value } = one.address;
    const called = displayName ?? (opaque[kind] === undefined ? value : undefined);
    return [possibleIn(one, channels).name, called].filter(Boolean).join(' · ');
  };
  // A provider's number says nothing to anybody: of two that are called the same, which is the first is said.
  const long = (one: Conversation, alike: readonly Conversation[]): string =>
    one.instead === undefined && opaque[one.address.kind] !== undefined
      ? `${short(one)} · ${alike.indexOf(one) + 1}`
      : `${possibleIn(one, channels).name} · ${(one.instead?.address ?? one.address).value} · ${one.account}`;
  return conversations.map(one => {
    const alike = conversations.filter(other => short(other) === short(one));
    return [one.id, alike.length > 1 ? long(one, alike) : short(one)];
  });
}

/** What can be written in a conversation, by what its channel says of itself: no channel is known here by name. */
export function possibleIn(conversation: Conversation, channels: readonly Channel[]): Possible {
  const channel = conversation.instead?.channel ?? conversation.channel;
  const manifest = channels.find(one => one.manifest.id === channel)?.manifest;
  const can = manifest?.capabilities ?? {};
  const outside = can.templates === true && can.replyWindow?.templateOutside === true;
  return {
    conversation,
    channel,
    name: manifest?.name ?? channel,
    can,
    free: conversation.mayReply,
    approved:
      can.templates === true && (conversation.mayReply || (outside && conversation.because === 'reply-window-closed')),
    because: conversation.mayReply ? undefined : (conversation.because ?? 'channel-cannot'),
  };
}

const SEVEN_BITS = /^[\n\r !-~£¥èéùìòÇØøÅåÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€Δ_ΦΓΛΩΠΨΣΘΞ]*$/;

/** How long words are, in the unit in which the channel counts. */
export function lengthIn(text: string, unit: Schemas['TextCapability']['unit']): number {
  if (unit === 'bytes') return new TextEncoder().encode(text).length;
  if (unit !== 'segments') return [...text].length;
  const [single, several] = SEVEN_BITS.test(text) ? [160, 153] : [70, 67];
  return text.length <= single ? 1 : Math.ceil(text.length / several);
}

const fits = (mediaType: string, accepted: string): boolean =>
  accepted === '*/*' ||
  accepted === mediaType ||
  (accepted.endsWith('/*') && mediaType.startsWith(accepted.slice(0, -1)));

/** Why a file cannot go with the others; undefined when it can. */
export function hindranceOf(
  file: { readonly type: string; readonly size: number },
  already: number,
  { attachments }: Capabilities,
): 'too-many' | 'too-large' | 'kind' | undefined {
  if (!attachments || already >= attachments.max) return 'too-many';
  if (file.size > attachments.maxBytes) return 'too-large';
  // A browser that does not know the type lets the bytes say it, at the core.
  const known = file.type !== '';
  return known && !attachments.mediaTypes.some(accepted => fits(file.type, accepted)) ? 'kind' : undefined;
}
