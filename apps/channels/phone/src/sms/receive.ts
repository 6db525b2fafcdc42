import type { MediaPart, Part } from '@filodiretto/contracts';
import type { Fact, Reception } from '@filodiretto/channel-kit';
import { reasonOf } from '../errors.js';
import { MEDIA_MAX } from '../limits.js';
import { writer } from '../numbers.js';
import { isWish } from './opt-outs.js';

/** A text message that somebody sent us. */
export function textMessage(reception: Reception, form: URLSearchParams): Fact {
  const { address, conversation, answerable } = writer(form.get('From') ?? '');
  const text = form.get('Body') ?? '';
  const content = [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...mediaOf(form)];
  return {
    message: {
      account: reception.account,
      externalId: form.get('MessageSid') ?? form.get('SmsSid') ?? reception.id,
      conversation,
      from: address,
      author: 'contact',
      content: content.length > 0 ? content : [{ type: 'unsupported', providerType: 'empty text message' }],
      sentAt: reception.receivedAt,
      ...(!answerable || form.get('OptOutType') || isWish(text) ? { flags: { automatic: 'notification' } } : {}),
    },
  };
}

function mediaOf(form: URLSearchParams): Part[] {
  const count = Math.min(MEDIA_MAX, Number(form.get('NumMedia') ?? 0) || 0);
  return Array.from({ length: Math.max(0, count) }, (_, index): Part => {
    const mediaType = form.get(`MediaContentType${index}`) || 'application/octet-stream';
    const source = form.get(`MediaUrl${index}`);
    if (!source) return { type: 'unsupported', providerType: `${mediaType} without its address`.slice(0, 200) };
    return { type: 'media', kind: kindOf(mediaType), mediaType, fetch: 'pending', scan: 'pending', source };
  });
}
const kindOf = (mediaType: string): MediaPart['kind'] =>
  (['image', 'audio', 'video'] as const).find(one => mediaType.startsWith(`${one}/`)) ?? 'file';

const STATES = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
} as const;

/** What became of a text message of ours; the states before it leaves the provider say nothing new. */
export function textStatus(reception: Reception, form: URLSearchParams): Fact[] {
  const status = form.get('MessageStatus') ?? form.get('SmsStatus') ?? '';
  const { message, attempt, conversation } = reception.about;
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  if (!Object.hasOwn(STATES, status) || !sid) return [];
  const state = STATES[status as keyof typeof STATES];
  const code = form.get('ErrorCode');
  return [
    {
      progress: {
        account: reception.account,
        conversation: conversation || writer(form.get('To') ?? '').conversation,
        ...(message ? { message } : {}),
        ...(attempt ? { attempt: Number(attempt) } : {}),
        externalId: sid,
        state,
        at: reception.receivedAt,
        ...(state === 'failed'
          ? {
              reason: reasonOf(Number(code ?? NaN)),
              detail: `Il fornitore: ${code ?? status} ${form.get('ErrorMessage') ?? ''}`.trim().slice(0, 2_000),
            }
          : {}),
      },
    },
  ];
}
