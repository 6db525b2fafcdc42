import { createHash } from 'node:crypto';
import type { Part } from '@filodiretto/contracts';
import { given, jsonOf, listOf, textOf, type Fact, type Json, type ReadMessage } from '@filodiretto/channel-kit';

/** What tells our own messages from those of other applications. */
export interface Ours {
  readonly appId: string | undefined;
}

/** Our mark in `metadata`: the message, and which attempt. */
const OURS = /^([0-9a-f]{8}-[0-9a-f-]{27}):(\d{1,6})$/;
export const markOf = (message: string, attempt: number): string => `${message}:${attempt}`;

const MEDIA = { image: 'image', video: 'video', audio: 'audio', file: 'file' } as const;
/** Events that say nothing to an office: who may speak, where somebody came from. Kept with the delivery. */
const SILENT = [
  'referral',
  'optin',
  'account_linking',
  'pass_thread_control',
  'take_thread_control',
  'request_thread_control',
  'app_roles',
  'policy_enforcement',
];

/** The facts of one event of a conversation between a person and a page. */
export function messengerFacts(page: string, event: Json, receivedAt: string, ours: Ours): Fact[] {
  const person = textOf(jsonOf(event.sender).id, 500) ?? textOf(jsonOf(event.sender).user_ref, 500);
  const at = instantIn(event.timestamp, receivedAt);
  const message = jsonOf(event.message);
  if (message.is_echo === true) return echo(page, event, message, at, ours);
  if (!person) return [];
  if (event.delivery !== undefined) return upTo(page, person, 'delivered', jsonOf(event.delivery).watermark, at);
  if (event.read !== undefined) return upTo(page, person, 'read', jsonOf(event.read).watermark, at);
  const said = saying(page, person, at);
  if (event.message !== undefined)
    return [said(textOf(message.mid, 1_000) ?? madeKey(event), contentOf(message), relationOf(message))];
  if (event.postback !== undefined) return [postback(said, jsonOf(event.postback), event)];
  if (event.reaction !== undefined) return [reaction(said, jsonOf(event.reaction), person, event)];
  if (event.message_edit !== undefined) return [edit(said, jsonOf(event.message_edit), event)];
  if (SILENT.some(name => event[name] !== undefined)) return [];
  const kind = Object.keys(event).find(name => !['sender', 'recipient', 'timestamp'].includes(name)) ?? 'event';
  return [said(madeKey(event), [{ type: 'unsupported', providerType: kind.slice(0, 200) }])];
}

type Saying = (externalId: string, content: Part[], relation?: ReadMessage['relation']) => Fact;
const saying =
  (page: string, person: string, at: string): Saying =>
  (externalId, content, relation) => ({
    message: given({
      account: page,
      externalId,
      conversation: person,
      from: { kind: 'psid', value: person, verified: true },
      author: 'contact' as const,
      content,
      sentAt: at,
      relation,
    }),
  });

function postback(said: Saying, value: Json, event: Json): Fact {
  const title = textOf(value.title, 1_000) ?? '';
  const id = textOf(value.payload, 1_000) ?? title;
  return said(textOf(value.mid, 1_000) ?? madeKey(event), [{ type: 'choice', id: id || 'postback', title }]);
}

function reaction(said: Saying, value: Json, person: string, event: Json): Fact {
  const mid = textOf(value.mid, 900);
  const action = textOf(value.action) ?? 'react';
  const emoji = textOf(value.emoji, 50) ?? textOf(value.reaction, 50) ?? '';
  const content: Part[] =
    action === 'unreact' ? [{ type: 'system', code: 'reaction_removed', text: '' }] : [{ type: 'text', text: emoji }];
  if (!mid) return said(madeKey(event), content);
  const key = createHash('sha256')
    .update(JSON.stringify([mid, person, action, event.timestamp]))
    .digest('hex');
  return said(`reaction:${key}`, content, { kind: 'reaction', to: mid });
}

function edit(said: Saying, value: Json, event: Json): Fact {
  const mid = textOf(value.mid, 900);
  const content: Part[] = [{ type: 'text', text: textOf(value.text, 60_000) ?? '' }];
  if (!mid) return said(madeKey(event), content);
  return said(`${mid}:edit:${textOf(value.num_edit) ?? '1'}`, content, { kind: 'edit', to: mid });
}

/** What the page said: our own message settles it, another application's becomes a message of one of us. */
function echo(page: string, event: Json, message: Json, at: string, ours: Ours): Fact[] {
  const person = textOf(jsonOf(event.recipient).id, 500);
  const mid = textOf(message.mid, 1_000);
  if (!person || !mid) return [];
  const mark = OURS.exec(textOf(message.metadata) ?? '');
  if (mark)
    return [
      {
        progress: given({
          account: page,
          conversation: person,
          message: mark[1],
          attempt: Number(mark[2]),
          externalId: mid,
          state: 'sent' as const,
          at,
        }),
      },
    ];
  if (ours.appId !== undefined && textOf(message.app_id) === ours.appId)
    return [{ progress: { account: page, conversation: person, externalId: mid, state: 'sent', at } }];
  return [
    {
      message: {
        account: page,
        externalId: mid,
        conversation: person,
        from: { kind: 'page', value: page, verified: true },
        author: 'external_app',
        content: contentOf(message),
        sentAt: at,
      },
    },
  ];
}

/** A watermark: everything of ours up to an instant. */
function upTo(page: string, person: string, state: 'delivered' | 'read', watermark: unknown, at: string): Fact[] {
  const mark = Number(textOf(watermark));
  if (!(mark > 0)) return [];
  return [{ progress: { account: page, conversation: person, upTo: new Date(mark).toISOString(), state, at } }];
}

const relationOf = (message: Json): ReadMessage['relation'] => {
  const mid = textOf(jsonOf(message.reply_to).mid, 1_000);
  return mid ? { kind: 'reply', to: mid } : undefined;
};

function contentOf(message: Json): Part[] {
  const text = textOf(message.text, 60_000);
  const quick = textOf(jsonOf(message.quick_reply).payload, 1_000);
  const parts: Part[] = [
    ...(quick !== undefined ? [{ type: 'choice' as const, id: quick, title: text?.slice(0, 1_000) ?? '' }] : []),
    ...(quick === undefined && text !== undefined ? [{ type: 'text' as const, text }] : []),
    ...listOf(message.attachments).flatMap(attachmentOf),
  ];
  if (message.is_deleted === true) return [{ type: 'system', code: 'message_deleted', text: '' }];
  return parts.length > 0 ? parts : [{ type: 'unsupported', providerType: 'message' }];
}

function attachmentOf(attachment: Json): Part[] {
  const type = textOf(attachment.type, 200) ?? 'attachment';
  const payload = jsonOf(attachment.payload);
  const url = textOf(payload.url, 2_048) ?? textOf(attachment.url, 2_048);
  const title = textOf(payload.title, 1_000) ?? textOf(attachment.title, 1_000);
  const place = jsonOf(payload.coordinates);
  if (type === 'location' && typeof place.lat === 'number' && typeof place.long === 'number')
    return [given({ type: 'location' as const, latitude: place.lat, longitude: place.long, name: title })];
  if (Object.hasOwn(MEDIA, type) && url !== undefined) {
    const kind = payload.sticker_id !== undefined ? 'sticker' : MEDIA[type as keyof typeof MEDIA];
    return [
      {
        type: 'media',
        kind,
        mediaType: GUESS[type as keyof typeof MEDIA],
        fetch: 'pending',
        scan: 'pending',
        source: url,
      },
    ];
  }
  const words = [title, url].filter(one => one !== undefined).join('\n');
  return words ? [{ type: 'text', text: words }] : [{ type: 'unsupported', providerType: type }];
}
/** The provider does not say the media type: it is learnt when the bytes come. */
const GUESS = { image: 'image/*', video: 'video/*', audio: 'audio/*', file: 'application/octet-stream' } as const;

/** Provider's milliseconds as an instant; `otherwise` when they are none. */
const instantIn = (milliseconds: unknown, otherwise: string): string => {
  const value = Number(textOf(milliseconds));
  return value > 0 && value < 8.64e15 ? new Date(value).toISOString() : otherwise;
};

/** A key made from the event itself, for the few that carry none: the same event gives the same key. */
const madeKey = (event: Json): string => `event:${createHash('sha256').update(JSON.stringify(event)).digest('hex')}`;
