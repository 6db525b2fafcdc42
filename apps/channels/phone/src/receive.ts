import type { Part } from '@filodiretto/contracts';
import type { Fact, ReadMessage, ReadProgress, Reception } from '@filodiretto/channel-kit';
import { caller } from './numbers.js';
import { textMessage, textStatus } from './sms/receive.js';

/** The facts of a kept request. What a call had come to is in `about`: the same bytes say the same, whenever they are read. */
export function factsOf(reception: Reception, raw: Uint8Array): Fact[] {
  const form = new URLSearchParams(Buffer.from(raw).toString('utf8'));
  const { path, sid } = reception.about;
  if (path === '/sms') return [textMessage(reception, form)];
  if (path === '/sms/status') return textStatus(reception, form);
  if (sid !== undefined) return callFacts(reception, form, sid);
  return path === '/voice/recording' ? strayRecording(reception, form) : [];
}

/** A conversation was recorded, and nothing here knows whose any more: a person looks at it before it is anybody's matter. */
function strayRecording(reception: Reception, form: URLSearchParams): Fact[] {
  const leg = form.get('CallSid');
  if (!leg || !form.get('RecordingUrl') || form.get('RecordingStatus') === 'absent') return [];
  const message = recorded(reception, form, leg, 'Registrazione di una conversazione');
  return [{ message: { ...message, flags: { doubtful: 'Non si sa più di quale chiamata sia questa registrazione' } } }];
}

function callFacts(reception: Reception, form: URLSearchParams, sid: string): Fact[] {
  const { about, account, receivedAt } = reception;
  const { from = '', callerName, event, order } = about;
  const who = caller(from, sid, callerName);
  const conversation = (order !== undefined && about.conversation) || who.conversation;
  const facts: Fact[] = [];
  if (about.content !== undefined) {
    const content = JSON.parse(about.content) as Part[];
    const [part] = content;
    if (about.arrived !== undefined && order === undefined && part?.type === 'call')
      facts.push({ message: said(reception, sid, content, part.arrivedAt) });
    // Told with the message when that is new; a message that may be there already is told what it has become.
    if (about.arrived !== 'first' || order !== undefined)
      facts.push({
        progress: {
          account,
          conversation,
          externalId: sid,
          ...(order === undefined ? {} : { message: order }),
          state: 'content',
          revision: Number(about.revision ?? 0),
          content,
          ...(about.category ? { hints: { category: about.category } } : {}),
          at: receivedAt,
        },
      });
    if (order !== undefined)
      facts.push({ progress: outgoing(reception, content, { message: order, sid, conversation }) });
  }
  if (event === 'recorded') facts.push({ message: recorded(reception, form, sid, 'Messaggio in segreteria') });
  if (event === 'callback') facts.push({ message: callbackWish(reception, sid) });
  return facts;
}

/** Something said on a call, by whoever called. */
function said({ account, about }: Reception, externalId: string, content: Part[], sentAt: string): ReadMessage {
  const { from = '', sid = externalId, callerName, category, language } = about;
  const { address, conversation } = caller(from, sid, callerName);
  const hints = { ...(category ? { category } : {}), ...(language ? { language } : {}) };
  return {
    account,
    externalId,
    conversation,
    from: address,
    author: 'contact',
    content,
    sentAt,
    ...(Object.keys(hints).length > 0 ? { hints } : {}),
    ...(externalId === sid ? {} : { relation: { kind: 'reply' as const, to: sid } }),
  };
}

/** What became of a call that we were ordered to place. */
function outgoing(
  { account, about, receivedAt }: Reception,
  content: readonly Part[],
  of: { readonly message: string; readonly sid: string; readonly conversation: string },
): ReadProgress {
  const call = content.find(part => part.type === 'call');
  const told = {
    account,
    conversation: of.conversation,
    message: of.message,
    attempt: Number(about.attempt ?? 1),
    externalId: of.sid,
    at: receivedAt,
  };
  if (call?.answeredAt) return { ...told, state: 'delivered' };
  if (!call?.endedAt) return { ...told, state: 'sent' };
  if (call.ending === 'completed') return { ...told, state: 'delivered' };
  return {
    ...told,
    state: 'failed',
    reason: 'undeliverable',
    detail: `La chiamata non ha avuto risposta (${ENDINGS[call.ending ?? 'failed'] ?? call.ending})`,
  };
}
const ENDINGS: Readonly<Record<string, string>> = {
  busy: 'occupato',
  no_answer: 'nessuno ha risposto',
  failed: 'il numero non è raggiungibile',
  abandoned: 'annullata',
};

const recorded = (reception: Reception, form: URLSearchParams, sid: string, what: string): ReadMessage =>
  said(
    reception,
    form.get('RecordingSid') ?? `${sid}:recording`,
    [
      {
        type: 'media',
        kind: 'voice',
        mediaType: 'audio/mpeg',
        filename: 'registrazione.mp3',
        caption: `${what}, ${form.get('RecordingDuration') ?? '?'} secondi`,
        fetch: 'pending',
        scan: 'pending',
        source: `${form.get('RecordingUrl') ?? ''}.mp3`,
      },
    ],
    reception.receivedAt,
  );

const callbackWish = (reception: Reception, sid: string): ReadMessage =>
  said(
    reception,
    `${sid}:callback`,
    [{ type: 'text', text: `Chiede di essere richiamato al numero ${reception.about.number ?? ''}.` }],
    reception.receivedAt,
  );
