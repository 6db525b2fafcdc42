import type { MediaKind, Part } from '@filodiretto/contracts';
import { given, isJson, jsonOf, listOf, textOf, type Json } from '@filodiretto/channel-kit';

const MEDIA: Readonly<Record<string, MediaKind>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'voice',
  document: 'file',
  sticker: 'sticker',
};
const LONGEST_CAPTION = 4_096;

/** What a message says, part by part and never empty. An unknown type is an `unsupported` part. */
export function contentOf(message: Json): Part[] {
  return [...main(message), ...around(message)];
}

function main(message: Json): Part[] {
  const type = textOf(message.type) ?? 'unknown';
  const body = jsonOf(message[type]);
  const text = textOf(body.body);
  if (type === 'text' && text !== undefined) return [{ type: 'text', text }];
  if (type in MEDIA && textOf(body.id)) return media(type, body);
  if (type === 'location') return place(body);
  if (type === 'contacts') return cards(message.contacts);
  if (type === 'interactive') return choice(body);
  if (type === 'button')
    return [{ type: 'choice', id: textOf(body.payload, 1_000) ?? 'button', title: textOf(body.text, 1_000) ?? '' }];
  if (type === 'order') return order(body);
  if (type === 'reaction') return [{ type: 'text', text: textOf(body.emoji) ?? '' }];
  if (type === 'edit') return edited(body);
  if (type === 'revoke') return [{ type: 'system', code: 'deleted', text: 'Messaggio eliminato da chi lo ha scritto' }];
  if (type === 'system')
    return [{ type: 'system', code: textOf(body.type, 100) ?? 'system', text: textOf(body.body, 2_000) ?? '' }];
  return unknown(type, message);
}

function media(type: string, body: Json): Part[] {
  const kind = body.voice === true ? 'voice' : (MEDIA[type] ?? 'file');
  const caption = textOf(body.caption);
  const long = caption !== undefined && caption.length > LONGEST_CAPTION;
  return [
    given({
      type: 'media' as const,
      kind,
      mediaType: textOf(body.mime_type, 255) ?? 'application/octet-stream',
      filename: textOf(body.filename)?.slice(-255),
      caption: long ? undefined : caption,
      fetch: 'pending' as const,
      scan: 'pending' as const,
      source: textOf(body.id),
    }),
    ...(long ? [{ type: 'text' as const, text: caption }] : []),
  ];
}

function place(body: Json): Part[] {
  const [latitude, longitude] = [Number(body.latitude), Number(body.longitude)];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return unknown('location', {});
  const url = textOf(body.url);
  return [
    given({
      type: 'location' as const,
      latitude,
      longitude,
      name: textOf(body.name, 1_000),
      address: textOf(body.address, 1_000),
    }),
    ...(url ? [{ type: 'text' as const, text: url }] : []),
  ];
}

function cards(contacts: unknown): Part[] {
  const found = listOf(contacts).map((contact): Part => {
    const name = jsonOf(contact.name);
    return {
      type: 'card',
      name: textOf(name.formatted_name, 300) ?? textOf(name.first_name, 300) ?? '',
      phones: listOf(contact.phones)
        .flatMap(one => textOf(one.phone ?? one.wa_id, 64) ?? [])
        .slice(0, 20),
      emails: listOf(contact.emails)
        .flatMap(one => textOf(one.email, 320) ?? [])
        .slice(0, 20),
    };
  });
  return found.length > 0 ? found : unknown('contacts', {});
}

function choice(body: Json): Part[] {
  const type = textOf(body.type) ?? 'unknown';
  const reply = jsonOf(body[type]);
  if (type === 'button_reply' || type === 'list_reply')
    return [
      given({
        type: 'choice' as const,
        id: textOf(reply.id, 1_000) ?? type,
        title: textOf(reply.title, 1_000) ?? '',
        description: textOf(reply.description, 1_000),
      }),
    ];
  if (type === 'nfm_reply')
    return [{ type: 'form', form: textOf(reply.name, 100) ?? 'flow', version: '1', fields: answers(reply) }];
  if (type === 'call_permission_reply') {
    const response = textOf(reply.response, 100) ?? 'unknown';
    return [{ type: 'choice', id: `call_permission:${response}`, title: response }];
  }
  return unknown(`interactive.${type}`, {});
}

function answers(reply: Json): Record<string, unknown> {
  const written = textOf(reply.response_json);
  try {
    const fields: unknown = JSON.parse(written ?? '');
    if (isJson(fields)) return { ...fields };
  } catch {
    return { response: written ?? textOf(reply.body) ?? '' };
  }
  return { response: written };
}

function order(body: Json): Part[] {
  const text = textOf(body.text);
  return [
    ...(text ? [{ type: 'text' as const, text }] : []),
    { type: 'form', form: 'order', version: '1', fields: { ...body } },
  ];
}

function edited(body: Json): Part[] {
  const inner = jsonOf(body.message);
  return inner.type === undefined || inner.type === 'edit' ? unknown('edit', {}) : main(inner);
}

function unknown(type: string, message: Json): Part[] {
  const errors = listOf(message.errors).flatMap(error => textOf(error.code) ?? []);
  const inner = textOf(jsonOf(message.unsupported).type);
  return [{ type: 'unsupported', providerType: [type, inner, ...errors].filter(Boolean).join(':').slice(0, 200) }];
}

/** What came with the message and matters to who reads it. */
function around(message: Json): Part[] {
  const context = jsonOf(message.context);
  const referral = jsonOf(message.referral);
  const product = jsonOf(context.referred_product);
  return [
    ...(context.forwarded === true || context.frequently_forwarded === true
      ? [
          {
            type: 'system' as const,
            code: context.frequently_forwarded === true ? 'frequently_forwarded' : 'forwarded',
            text: context.frequently_forwarded === true ? 'Messaggio inoltrato molte volte' : 'Messaggio inoltrato',
          },
        ]
      : []),
    ...(message.referral === undefined
      ? []
      : [from('referral', referral.headline, referral.body, referral.source_url)]),
    ...(context.referred_product === undefined
      ? []
      : [from('referred_product', product.catalog_id, product.product_retailer_id)]),
  ];
}

const from = (code: string, ...words: unknown[]): Part => ({
  type: 'system',
  code,
  text: words
    .flatMap(word => textOf(word) ?? [])
    .join(' · ')
    .slice(0, 2_000),
});
