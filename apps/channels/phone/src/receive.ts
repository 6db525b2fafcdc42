import type { CallPart, MediaPart } from '@filodiretto/contracts';
import type { Fact, ReadMessage, ReadProgress, Reception } from '@filodiretto/channel-kit';
import { reasonOf } from './errors.js';
import { caller, writer } from './numbers.js';

/** The facts of a kept request. What a call had come to is in `about`: the same bytes say the same, whenever they are read. */
export function factsOf(reception: Reception, raw: Uint8Array): Fact[] {
  const form = new URLSearchParams(Buffer.from(raw).toString('utf8'));
  const { path = '' } = reception.about;
  if (path === '/sms') return [textMessage(reception, form)];
  if (path === '/sms/status') return textStatus(reception, form);
  return callFacts(reception, form);
}

function callFacts(reception: Reception, form: URLSearchParams): Fact[] {
  const { call, revision, from = '', sid = '', event, order, attempt, category, language } = reception.about;
  const facts: Fact[] = [];
  const { address, conversation } = caller(from, sid, form.get('CallerName') ?? undefined);
  if (call !== undefined) {
    const part = JSON.parse(call) as CallPart;
    const about = { account: reception.account, conversation, externalId: sid };
    if (event === 'arrived')
      facts.push({
        message: {
          ...about,
          from: address,
          author: 'contact',
          content: [part],
          sentAt: part.arrivedAt,
          ...hints(category, language),
        },
      });
    else
      facts.push({
        progress: {
          ...about,
          state: 'content',
          revision: Number(revision ?? 0),
          content: [part],
          at: reception.receivedAt,
        },
      });
    if (order !== undefined)
      facts.push({ progress: outgoing(reception, part, order, Number(attempt ?? 1), sid, conversation) });
  }
  if (event === 'recorded') facts.push({ message: recording(reception, form, address, conversation, sid) });
  if (event === 'callback') facts.push({ message: callbackWish(reception, address, conversation, sid) });
  return facts;
}

const hints = (category: string | undefined, language: string | undefined): Pick<ReadMessage, 'hints'> =>
  category || language ? { hints: { ...(category ? { category } : {}), ...(language ? { language } : {}) } } : {};

/** What became of a call that we were ordered to place. */
function outgoing(
  reception: Reception,
  part: CallPart,
  order: string,
  attempt: number,
  sid: string,
  conversation: string,
): ReadProgress {
  const failed = part.ending === 'busy' || part.ending === 'no_answer' || part.ending === 'failed';
  return {
    account: reception.account,
    conversation,
    message: order,
    attempt,
    externalId: sid,
    at: reception.receivedAt,
    ...(failed
      ? {
          state: 'failed' as const,
          reason: 'undeliverable' as const,
          detail: `La chiamata non ha avuto risposta (${part.ending})`,
        }
      : { state: part.endedAt ? ('delivered' as const) : ('sent' as const) }),
  };
}

function recording(
  reception: Reception,
  form: URLSearchParams,
  from: ReadMessage['from'],
  conversation: string,
  sid: string,
): ReadMessage {
  const id = form.get('RecordingSid') ?? `${sid}:recording`;
  const media: MediaPart = {
    type: 'media',
    kind: 'voice',
    mediaType: 'audio/mpeg',
    filename: 'messaggio-vocale.mp3',
    caption: `Messaggio in segreteria, ${form.get('RecordingDuration') ?? '?'} secondi`,
    fetch: 'pending',
    scan: 'pending',
    source: `${form.get('RecordingUrl') ?? ''}.mp3`,
  };
  return {
    account: reception.account,
    externalId: id,
    conversation,
    from,
    author: 'contact',
    content: [media],
    sentAt: reception.receivedAt,
    relation: { kind: 'reply', to: sid },
  };
}

function callbackWish(reception: Reception, from: ReadMessage['from'], conversation: string, sid: string): ReadMessage {
  const { number = '' } = reception.about;
  return {
    account: reception.account,
    externalId: `${sid}:callback`,
    conversation,
    from,
    author: 'contact',
    content: [{ type: 'text', text: `Chiede di essere richiamato al numero ${number}.` }],
    sentAt: reception.receivedAt,
    relation: { kind: 'reply', to: sid },
  };
}

function textMessage(reception: Reception, form: URLSearchParams): Fact {
  const sid = form.get('MessageSid') ?? form.get('SmsSid') ?? reception.id;
  const { address, conversation, answerable } = writer(form.get('From') ?? '');
  const text = form.get('Body') ?? '';
  const media = Array.from({ length: Math.min(10, Number(form.get('NumMedia') ?? 0) || 0) }, (_, index): MediaPart => {
    const mediaType = form.get(`MediaContentType${index}`) ?? 'application/octet-stream';
    const kind = (['image', 'audio', 'video'] as const).find(one => mediaType.startsWith(`${one}/`)) ?? 'file';
    return {
      type: 'media',
      kind,
      mediaType,
      fetch: 'pending',
      scan: 'pending',
      source: form.get(`MediaUrl${index}`) ?? '',
    };
  });
  const wish = form.get('OptOutType');
  return {
    message: {
      account: reception.account,
      externalId: sid,
      conversation,
      from: address,
      author: 'contact',
      content: text === '' && media.length > 0 ? media : [{ type: 'text', text }, ...media],
      sentAt: reception.receivedAt,
      ...(!answerable || wish ? { flags: { automatic: 'notification' as const } } : {}),
    },
  };
}

const TEXT_STATES = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
} as const;

function textStatus(reception: Reception, form: URLSearchParams): Fact[] {
  const status = form.get('MessageStatus') ?? form.get('SmsStatus') ?? '';
  const { message, attempt } = reception.about;
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  if (!Object.hasOwn(TEXT_STATES, status) || !sid) return [];
  const state = TEXT_STATES[status as keyof typeof TEXT_STATES];
  const code = Number(form.get('ErrorCode') ?? NaN);
  return [
    {
      progress: {
        account: reception.account,
        conversation: writer(form.get('To') ?? '').conversation,
        ...(message ? { message } : {}),
        ...(attempt ? { attempt: Number(attempt) } : {}),
        externalId: sid,
        state,
        at: reception.receivedAt,
        ...(state === 'failed'
          ? {
              reason: reasonOf(code),
              detail: `Il fornitore: ${form.get('ErrorCode') ?? status} ${form.get('ErrorMessage') ?? ''}`.trim(),
            }
          : {}),
      },
    },
  ];
}
