import type { Address, MediaKind, Part } from '@filodiretto/contracts';
import { given, instantOf, isJson, type Fact, type ReadMessage } from '@filodiretto/channel-kit';
import type { WebEvent, WebMessage, WebPerson } from './client.js';

const MEDIA: Readonly<Record<string, MediaKind>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'file',
  sticker: 'sticker',
};

/** An event's bytes, as we kept them. Throws when they are none. */
export function parseEvent(raw: Uint8Array): WebEvent {
  const event: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  if (!isJson(event) || typeof event.kind !== 'string') throw new Error('The delivery is no event of a linked device');
  return event as unknown as WebEvent;
}

/** The person's number as the official API writes it, so that a change of driver keeps the conversation; else the device's name. */
const conversationOf = ({ chat, phone }: WebPerson): string => phone ?? chat;
const addressOf = (person: WebPerson): Address =>
  given({
    kind: person.phone === undefined ? 'lid' : 'wa_id',
    value: person.phone ?? person.chat,
    aliases:
      person.phone !== undefined && person.chat.endsWith('@lid') ? [{ kind: 'lid', value: person.chat }] : undefined,
    displayName: person.name?.slice(0, 300) || undefined,
    verified: true,
  });

/** What an event says. Pure: the same bytes give the same facts. */
export function factsOf(event: WebEvent, account: string, receivedAt: string): Fact[] {
  switch (event.kind) {
    case 'message':
      return [{ message: said(event.message, account, receivedAt, event.message.id, contentOf(event.message)) }];
    case 'edit': {
      const { message, body } = event;
      const key = `${message.id}:edit:${body.length}:${body.slice(0, 100)}`;
      return [
        {
          message: {
            ...said(message, account, receivedAt, key, [{ type: 'text', text: body }]),
            relation: { kind: 'edit', to: message.id },
          },
        },
      ];
    }
    case 'revoke': {
      const { message } = event;
      const gone: Part = { type: 'system', code: 'deleted', text: 'Messaggio eliminato da chi lo ha scritto' };
      return [
        {
          message: {
            ...said(message, account, receivedAt, `${message.id}:revoke`, [gone]),
            relation: { kind: 'delete', to: message.id },
          },
        },
      ];
    }
    case 'reaction':
      return [{ message: reaction(event, account, receivedAt) }];
    case 'ack':
      return acknowledged(event, account, receivedAt);
    case 'call':
      return [{ message: call(event, account, receivedAt) }];
    default:
      return [];
  }
}

function said(
  message: WebMessage,
  account: string,
  receivedAt: string,
  externalId: string,
  content: Part[],
): ReadMessage {
  const { person, fromMe, quoted } = message;
  return given({
    account,
    externalId: externalId.slice(0, 1_000),
    conversation: conversationOf(person),
    from: fromMe ? { kind: 'wa_id', value: account, verified: true } : addressOf(person),
    author: fromMe ? ('external_app' as const) : ('contact' as const),
    content,
    sentAt: instantOf(message.timestamp, receivedAt),
    relation: quoted ? { kind: 'reply' as const, to: quoted } : undefined,
    thread: quoted ? { references: [quoted] } : undefined,
  });
}

function contentOf(message: WebMessage): Part[] {
  const { type, body, location } = message;
  const forwarded: Part[] = message.forwarded
    ? [{ type: 'system', code: 'forwarded', text: 'Messaggio inoltrato' }]
    : [];
  return [...main(message, type, body, location), ...forwarded];
}

function main(message: WebMessage, type: string, body: string, location: WebMessage['location']): Part[] {
  const kind = MEDIA[type];
  if (type === 'chat') return [{ type: 'text', text: body }];
  if (kind && message.hasMedia)
    return [
      given({
        type: 'media' as const,
        kind,
        mediaType: message.mediaType ?? 'application/octet-stream',
        filename: message.filename?.slice(-255) || undefined,
        caption: body !== '' && body !== message.filename && body.length <= 4_096 ? body : undefined,
        fetch: 'pending' as const,
        scan: 'pending' as const,
        source: message.handle,
      }),
      ...(body.length > 4_096 ? [{ type: 'text' as const, text: body }] : []),
    ];
  if (type === 'location' && location && Math.abs(location.latitude) <= 90 && Math.abs(location.longitude) <= 180)
    return [given({ type: 'location' as const, ...location, name: location.name?.slice(0, 1_000) || undefined })];
  if ((type === 'vcard' || type === 'multi_vcard') && message.cards?.length)
    return message.cards.slice(0, 100).map(cardOf);
  if (type === 'list_response' || type === 'buttons_response')
    return [{ type: 'choice', id: body.slice(0, 1_000) || type, title: body.slice(0, 1_000) }];
  return [
    { type: 'unsupported', providerType: type.slice(0, 200) || 'unknown' },
    ...(body !== '' ? [{ type: 'text' as const, text: body }] : []),
  ];
}

function cardOf(vcard: string): Part {
  const all = (name: string) =>
    [...vcard.matchAll(new RegExp(`^(?:item\\d+\\.)?${name}[^:\\n]*:(.+)$`, 'gim'))].map(match =>
      (match[1] ?? '').trim(),
    );
  return {
    type: 'card',
    name: (all('FN')[0] ?? '').slice(0, 300),
    phones: all('TEL')
      .map(one => one.slice(0, 64))
      .slice(0, 20),
    emails: all('EMAIL')
      .map(one => one.slice(0, 320))
      .slice(0, 20),
  };
}

function reaction(event: Extract<WebEvent, { kind: 'reaction' }>, account: string, receivedAt: string): ReadMessage {
  return {
    account,
    externalId: `${event.id}:reaction`.slice(0, 1_000),
    conversation: conversationOf(event.person),
    from: addressOf(event.person),
    author: 'contact',
    content: [{ type: 'text', text: event.emoji }],
    sentAt: instantOf(event.timestamp, receivedAt),
    relation: { kind: 'reaction', to: event.to.slice(0, 1_000) },
  };
}

const ACKS: Readonly<Record<number, 'failed' | 'sent' | 'delivered' | 'read'>> = {
  [-1]: 'failed',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'read',
};

function acknowledged(event: Extract<WebEvent, { kind: 'ack' }>, account: string, at: string): Fact[] {
  const state = ACKS[event.ack];
  if (!state) return [];
  const failed =
    state === 'failed'
      ? { reason: 'undeliverable' as const, detail: 'Il telefono collegato non è riuscito a inviare' }
      : {};
  return [
    {
      progress: {
        account,
        conversation: conversationOf(event.person),
        externalId: event.id.slice(0, 1_000),
        state,
        at,
        ...failed,
      },
    },
  ];
}

function call(event: Extract<WebEvent, { kind: 'call' }>, account: string, receivedAt: string): ReadMessage {
  const arrivedAt = instantOf(event.timestamp, receivedAt);
  return {
    account,
    externalId: `call:${event.id}`.slice(0, 1_000),
    conversation: conversationOf(event.person),
    from: addressOf(event.person),
    author: 'contact',
    content: [{ type: 'call', direction: 'in', arrivedAt, ending: 'no_answer', steps: [] }],
    sentAt: arrivedAt,
  };
}
