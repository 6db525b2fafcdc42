import type { Part } from '@filodiretto/contracts';
import type { Fact, ReadProgress } from '@filodiretto/channel-kit';
import { reasonOf } from '../errors.js';
import { accountOf, instantIn, wholeIn, type Hook } from '../hook.js';
import { writer } from '../numbers.js';

/** Words by which a person leaves; the provider blocks the number by the same ones. */
const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START = new Set(['START', 'UNSTOP', 'YES']);
const MEDIA_MAX = 10;

/** Pure. Whether a text asks to be left alone, or takes it back. */
export function optOutIn({ params }: Hook): 'stop' | 'start' | undefined {
  const said = params.OptOutType?.toUpperCase();
  if (said === 'STOP') return 'stop';
  if (said === 'START') return 'start';
  const word = (params.Body ?? '').trim().toUpperCase();
  return STOP.has(word) ? 'stop' : START.has(word) ? 'start' : undefined;
}

/** Pure. A text message that came in. Throws when it has no id: nothing of the provider looks so. */
export function textFact(hook: Hook, receivedAt: string): Fact {
  const { params } = hook;
  const externalId = params.MessageSid ?? params.SmsMessageSid ?? params.SmsSid;
  if (!externalId) throw new Error('a text message without MessageSid');
  const { address, conversation, answerable } = writer(params.From ?? '');
  const optOut = optOutIn(hook);
  const body: Part[] = params.Body ? [{ type: 'text', text: params.Body }] : [];
  const media = mediaIn(params);
  const said: Part[] =
    body.length + media.length > 0
      ? [...body, ...media]
      : [{ type: 'unsupported', providerType: (params.MessageType ?? 'empty text message').slice(0, 200) }];
  return {
    message: {
      account: accountOf(hook),
      externalId,
      conversation,
      from: address,
      author: 'contact',
      content: optOut ? [...said, optOutPart(optOut)] : said,
      sentAt: instantIn(params.DateSent ?? params.Timestamp, receivedAt),
      // Nobody may be answered who asked not to be, or who is a machine with a name for a number.
      ...(optOut === 'stop' || !answerable ? { flags: { automatic: 'notification' as const } } : {}),
    },
  };
}

const optOutPart = (optOut: 'stop' | 'start'): Part => ({
  type: 'system',
  code: optOut === 'stop' ? 'opted_out' : 'opted_in',
  text: optOut === 'stop' ? 'Non vuole più ricevere SMS' : 'Accetta di nuovo di ricevere SMS',
});

function mediaIn(params: Hook['params']): Part[] {
  const count = Math.min(wholeIn(params.NumMedia) ?? 0, MEDIA_MAX);
  return Array.from({ length: count }, (_, index): Part => {
    const url = params[`MediaUrl${index}`];
    const mediaType = (params[`MediaContentType${index}`] ?? 'application/octet-stream').slice(0, 255);
    const kind = /^(image|audio|video)\//.exec(mediaType)?.[1] as 'image' | 'audio' | 'video' | undefined;
    return {
      type: 'media',
      kind: kind ?? 'file',
      mediaType,
      fetch: url ? 'pending' : 'failed',
      scan: 'skipped',
      ...(url ? { source: `media:${url}` } : {}),
    };
  });
}

const STATES: Readonly<Record<string, ReadProgress['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  partially_delivered: 'sent',
  failed: 'failed',
  undelivered: 'failed',
  canceled: 'failed',
};

/** Pure. What became of a text of ours; nothing while the provider only holds it. Our id is in the address. */
export function receiptFact(hook: Hook, receivedAt: string): Fact[] {
  const { params, query } = hook;
  const state = STATES[params.MessageStatus ?? params.SmsStatus ?? ''];
  const externalId = params.MessageSid ?? params.SmsSid;
  if (!state || (!externalId && !query.m)) return [];
  const code = wholeIn(params.ErrorCode);
  return [
    {
      progress: {
        account: accountOf(hook),
        ...(query.m ? { message: query.m } : {}),
        ...(query.k ? { conversation: query.k } : {}),
        ...(externalId ? { externalId } : {}),
        state,
        at: instantIn(params.Timestamp, receivedAt),
        ...(state === 'failed'
          ? { reason: reasonOf(code ?? 0), detail: `${code ?? 'senza codice'}: ${params.ErrorMessage ?? params.MessageStatus ?? ''}` }
          : {}),
      },
    },
  ];
}
