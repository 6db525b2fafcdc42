import { createHash } from 'node:crypto';
import type { ChannelAuthor, Part } from '@filodiretto/contracts';
import type { ReadMessage, ReadProgress } from '@filodiretto/channel-kit';
import { contentOf } from './content.js';
import { verdictOnFirst } from './errors.js';
import { addressOf, conversationOf, namesOf, samePerson, type Names } from './identity.js';
import { given, instantOf, isJson, jsonOf, listOf, textOf, type Json } from '@filodiretto/channel-kit';

/** What a delivery says, before it is known which conversation of the person goes on. */
export type Item =
  | { readonly kind: 'message'; readonly message: ReadMessage; readonly person?: Names }
  | { readonly kind: 'progress'; readonly progress: ReadProgress }
  | {
      readonly kind: 'renamed';
      readonly account: string;
      readonly earlier: Names;
      readonly later: Names;
      readonly at: string;
    };

/** One `value` of a delivery: what it is about, for which of our numbers. */
interface Change {
  readonly field: string;
  readonly entry: string;
  readonly value: Json;
  readonly account: string;
  readonly receivedAt: string;
}

/** A delivery's bytes as JSON. Throws when it is not one of this provider's for this product. */
export function parseDelivery(raw: Uint8Array): Json {
  const delivery: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  if (!isJson(delivery) || delivery.object !== 'whatsapp_business_account')
    throw new Error('The delivery is not about a WhatsApp Business account');
  return delivery;
}

/** The number a delivery is first about, or `undefined` when it is about the account as a whole. */
export const accountOf = (delivery: Json): string | undefined =>
  changesOf(delivery, '').find(one => one.account)?.account;

/** What a delivery says: every message and status of every change of every entry, in order. Pure. */
export function itemsOf(delivery: Json, receivedAt: string): Item[] {
  return changesOf(delivery, receivedAt).flatMap(change => {
    const read = READERS[change.field];
    return read ? read(change) : aboutSomebody(change);
  });
}

function changesOf(delivery: Json, receivedAt: string): Change[] {
  return listOf(delivery.entry).flatMap(entry =>
    listOf(entry.changes).map(change => {
      const value = jsonOf(change.value);
      return {
        field: textOf(change.field) ?? 'unknown',
        entry: textOf(entry.id) ?? '',
        value,
        account: textOf(jsonOf(value.metadata).phone_number_id, 200) ?? '',
        receivedAt,
      };
    }),
  );
}

const READERS: Readonly<Record<string, (change: Change) => Item[]>> = {
  messages: change => [
    ...listOf(change.value.messages).flatMap(message => messageItems(change, message)),
    ...listOf(change.value.statuses).flatMap(status => statusItems(change, status)),
  ],
  smb_message_echoes: change => listOf(change.value.message_echoes).flatMap(message => echoItems(change, message)),
  user_id_update: change =>
    [...listOf(change.value.user_id_update), ...listOf(change.value.user_id_updates)].flatMap(update =>
      renamedItems(change, update),
    ),
  calls: change => listOf(change.value.calls).flatMap(call => callItems(change, call)),
  user_preferences: () => [],
  history: () => [],
  smb_app_state_sync: () => [],
};

/** The person a message is from: its own fields, completed by the contact of the same change. */
function senderOf(change: Change, message: Json): { names: Names; displayName?: string } {
  const own = namesOf(message.from, message.from_user_id, message.from_parent_user_id);
  const contacts = listOf(change.value.contacts);
  const described = contacts.map(contact => ({
    names: namesOf(contact.wa_id, contact.user_id, contact.parent_user_id),
    displayName: textOf(jsonOf(contact.profile).name) ?? textOf(jsonOf(contact.profile).username),
  }));
  const match =
    described.find(one => samePerson(one.names, own)) ??
    (described.length === 1 && listOf(change.value.messages).length <= 1 ? described[0] : undefined);
  return given({ names: { ...match?.names, ...own }, displayName: match?.displayName });
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
/** The key of something the provider gave no id. */
const madeKey = (change: Change, item: Json): string => `${change.field}:${change.entry}:${digest(item)}`;

function messageItems(change: Change, message: Json): Item[] {
  // The person opened the conversation and has said nothing yet.
  if (message.type === 'request_welcome') return [];
  const system = jsonOf(message.system);
  if (message.type === 'system' && /^user_changed_(number|user_id)$/.test(textOf(system.type) ?? ''))
    return renamedItems(change, {
      wa_id: { previous: message.from, current: system.wa_id },
      user_id: { previous: message.from_user_id, current: system.user_id },
      timestamp: message.timestamp,
    });
  const { names, displayName } = senderOf(change, message);
  return [
    ...ownNumber(change, message, names),
    messageItem(saidBy(change, message, names, 'contact', displayName), names, message),
  ];
}

/** A group's conversation is nobody's own. */
const messageItem = (message: ReadMessage, person: Names, said: Json): Item => ({
  kind: 'message',
  message,
  ...(textOf(said.group_id) === undefined && conversationOf(person) !== undefined ? { person } : {}),
});

/** What the administration wrote from the provider's own application. */
function echoItems(change: Change, message: Json): Item[] {
  const names = namesOf(message.to, message.to_user_id, message.to_parent_user_id);
  const number = textOf(message.from, 512) ?? 'unknown';
  const from = { kind: 'wa_id', value: number, verified: true };
  return [messageItem({ ...saidBy(change, message, names, 'external_app'), from }, names, message)];
}

function saidBy(
  change: Change,
  message: Json,
  person: Names,
  author: ChannelAuthor,
  displayName?: string,
): ReadMessage {
  const type = textOf(message.type);
  const externalId = textOf(message.id, 1_000) ?? madeKey(change, message);
  const group = textOf(message.group_id);
  const relation = relationOf(type, message);
  const quoted = textOf(jsonOf(message.context).id, 1_000);
  const from = addressOf(person, displayName);
  return given({
    account: change.account || 'unknown',
    externalId,
    conversation: group
      ? `group:${group}`.slice(0, 1_000)
      : (conversationOf(person) ?? `unknown:${externalId}`.slice(0, 1_000)),
    from: from ?? { kind: 'unknown', value: externalId.slice(0, 512) },
    author,
    content: contentOf(message),
    sentAt: instantOf(message.timestamp, change.receivedAt),
    relation,
    thread: quoted ? { references: [quoted] } : undefined,
    flags:
      type === 'system'
        ? { automatic: 'receipt' as const }
        : from === undefined
          ? { doubtful: 'Il fornitore non dice chi ha scritto' }
          : group
            ? { shared: true }
            : undefined,
  });
}

function relationOf(type: string | undefined, message: Json): ReadMessage['relation'] {
  const at = (field: string, kind: 'reaction' | 'edit' | 'delete', key: string) => {
    const to = textOf(jsonOf(message[field])[key], 1_000);
    return to ? { kind, to } : undefined;
  };
  if (type === 'reaction') return at('reaction', 'reaction', 'message_id');
  if (type === 'edit') return at('edit', 'edit', 'original_message_id');
  if (type === 'revoke') return at('revoke', 'delete', 'original_message_id');
  const quoted = textOf(jsonOf(message.context).id, 1_000);
  return quoted ? { kind: 'reply', to: quoted } : undefined;
}

/** A person who hid the number and answers our request for it sends their own card. */
function ownNumber(change: Change, message: Json, names: Names): Item[] {
  if (message.type !== 'contacts' || names.bsuid === undefined) return [];
  const own = listOf(message.contacts).find(contact => contact.origin === 'contact_request');
  const number = listOf(own?.phones).flatMap(
    phone => textOf(phone.wa_id) ?? textOf(phone.phone)?.replace(/\D/g, '') ?? [],
  )[0];
  return number === undefined || names.waId !== undefined
    ? []
    : renamed(change, { bsuid: names.bsuid }, { ...names, waId: number }, message.timestamp);
}

/** `user_id_update`, and the system message of a person who changed number or id: two names of the same endpoint. */
function renamedItems(change: Change, update: Json): Item[] {
  const changed = (field: string, which: 'previous' | 'current') => {
    const value = update[field];
    return isJson(value) ? value[which] : field === 'wa_id' ? value : undefined;
  };
  const side = (which: 'previous' | 'current') =>
    namesOf(changed('wa_id', which), changed('user_id', which), changed('parent_user_id', which));
  return renamed(change, side('previous'), side('current'), update.timestamp);
}

function renamed(change: Change, earlier: Names, later: Names, timestamp: unknown): Item[] {
  if (conversationOf(earlier) === undefined || conversationOf(later) === undefined) return [];
  const at = instantOf(timestamp, change.receivedAt);
  return [{ kind: 'renamed', account: change.account || 'unknown', earlier, later, at }];
}

const STATES = { sent: 'sent', delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const;
const OURS = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}):(\d{1,9})$/;

/** What a status says of a message of ours; our own id comes back in `biz_opaque_callback_data`. */
function statusItems(change: Change, status: Json): Item[] {
  const state = STATES[textOf(status.status) as keyof typeof STATES];
  const externalId = textOf(status.id, 1_000);
  const [, message, attempt] = OURS.exec(textOf(status.biz_opaque_callback_data) ?? '') ?? [];
  if (state === undefined || (externalId === undefined && message === undefined)) return [];
  const verdict = state === 'failed' ? verdictOnFirst(status.errors) : undefined;
  const names = namesOf(status.recipient_id, status.recipient_user_id, status.recipient_parent_user_id);
  const contact = listOf(change.value.contacts)[0];
  const progress: ReadProgress = given({
    account: change.account || 'unknown',
    conversation: conversationOf({ ...(contact && namesOf(contact.wa_id, contact.user_id, undefined)), ...names }),
    message,
    attempt: attempt === undefined ? undefined : Number(attempt),
    externalId,
    state,
    at: instantOf(status.timestamp, change.receivedAt),
    reason: verdict?.reason ?? (state === 'failed' ? ('undeliverable' as const) : undefined),
    detail: verdict?.detail,
  });
  return [{ kind: 'progress', progress }];
}

/** A call of a citizen to our number. We do not answer calls here: the operator sees that somebody tried, and calls back. */
function callItems(change: Change, call: Json): Item[] {
  const externalId = textOf(call.id, 1_000);
  if (externalId === undefined || textOf(call.direction) === 'BUSINESS_INITIATED') return [];
  const { names, displayName } = senderOf(change, call);
  const arrivedAt = instantOf(call.start_time ?? call.timestamp, change.receivedAt);
  const ended = call.event === 'terminate';
  const content: Part[] = [
    given({
      type: 'call' as const,
      direction: 'in' as const,
      arrivedAt,
      endedAt: ended ? instantOf(call.end_time ?? call.timestamp, change.receivedAt) : undefined,
      ending: ended ? (Number(call.duration) > 0 ? ('completed' as const) : ('no_answer' as const)) : undefined,
      steps: [],
    }),
  ];
  const message = saidBy(change, call, names, 'contact', displayName);
  const { account, conversation } = message;
  const at = instantOf(call.timestamp, change.receivedAt);
  return [
    { kind: 'message', message: { ...message, content, sentAt: arrivedAt }, person: names },
    ...(ended
      ? [
          {
            kind: 'progress' as const,
            progress: { account, conversation, externalId, state: 'content' as const, revision: 1, at, content },
          },
        ]
      : []),
  ];
}

/** A field we do not know: shown when it speaks of a person, else only kept (it concerns the account: see `alerts.ts`). */
function aboutSomebody(change: Change): Item[] {
  const contact = listOf(change.value.contacts)[0];
  const names = contact && namesOf(contact.wa_id, contact.user_id, contact.parent_user_id);
  const from = names && addressOf(names, textOf(jsonOf(contact.profile).name));
  const conversation = names && conversationOf(names);
  if (!from || !conversation) return [];
  return [
    {
      kind: 'message',
      person: names,
      message: {
        account: change.account || 'unknown',
        externalId: madeKey(change, change.value),
        conversation,
        from,
        author: 'contact',
        content: [{ type: 'unsupported', providerType: change.field.slice(0, 200) }],
        sentAt: change.receivedAt,
        flags: { automatic: 'notification' },
      },
    },
  ];
}
