import type { MediaPart, Outbound, Part } from '@filodiretto/contracts';
import { given, type SendOutcome } from '@filodiretto/channel-kit';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENTS_MAX,
  BULLET,
  COMMENT_MAX,
  HUMAN_WINDOW_MS,
  QUICK_REPLIES_MAX,
  QUICK_REPLY_PAYLOAD_MAX,
  QUICK_REPLY_TITLE_MAX,
  TEXT_MAX,
  WINDOW_MARGIN_MS,
  WINDOW_MS,
} from './limits.js';
import { commentIdOf, postOf } from './receive-comments.js';
import { markOf } from './receive-messenger.js';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** An attachment to upload before the message that shows it. */
interface Upload {
  readonly type: 'image' | 'audio' | 'video' | 'file';
  readonly part: MediaPart & { readonly blob: NonNullable<MediaPart['blob']> };
}
/** One call to the provider; `body` is complete once the attachment has its id. */
export interface Call {
  readonly upload?: Upload;
  body(attachmentId?: string): Record<string, unknown>;
}
/** How a message leaves: in private, or as a public comment under another. */
export type Composed =
  | { readonly kind: 'messages'; readonly calls: readonly Call[]; readonly comment?: string }
  | { readonly kind: 'comment'; readonly target: string; readonly text: string }
  | Refused;

const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });

/**
 * The calls that say a message. Under a comment a public order becomes a public reply and any other a private one, which the
 * provider allows once. Pure. Refuses what the provider would refuse; a text is never cut.
 */
export function compose(order: Outbound, now: Date): Composed {
  const post = postOf(order.conversation);
  const wrong = wrongContent(order.content);
  if (wrong) return wrong;
  const comment = post === undefined ? undefined : commentIdOf(order.thread.inReplyTo ?? post);
  const choices = order.content.filter(part => part.type === 'choice');
  // A private reply to a comment has no buttons: its choices are words.
  const text = [
    order.content.flatMap(part => (part.type === 'text' ? [part.text] : [])).join('\n\n'),
    ...(comment === undefined ? [] : choices.map(({ title }) => `${BULLET}${title}`)),
  ].join('');
  if (comment !== undefined && order.visibility === 'public') return publicReply(order.content, text, comment);
  if (text.length > TEXT_MAX)
    return refused('too_long', `Il testo supera ${TEXT_MAX} caratteri: accorciarlo o dividerlo in più messaggi`);
  const window = comment === undefined ? windowOf(order, now) : { messaging_type: 'RESPONSE' };
  if (!window) return refused('window_closed', 'Il tempo per rispondere qui è finito: usare un altro canale');
  const media = order.content.filter(part => part.type === 'media');
  if (comment !== undefined && media.length > 0)
    return refused('unsupported_content', 'La risposta privata a un commento è di solo testo');
  const recipient = comment === undefined ? { id: order.to.value } : { comment_id: comment };
  const envelope = { recipient, ...window };
  const metadata = markOf(order.id, order.attempt);
  const replies =
    comment === undefined ? choices.map(({ id, title }) => ({ content_type: 'text', title, payload: id })) : [];
  const calls: Call[] = media.map(part => {
    const upload = uploadOf(part);
    return {
      upload,
      body: id => ({
        ...envelope,
        message: { attachment: { type: upload.type, payload: { attachment_id: id } }, metadata },
      }),
    };
  });
  if (text !== '')
    calls.push({
      body: () => ({
        ...envelope,
        message: given({ text, metadata, quick_replies: replies.length > 0 ? replies : undefined }),
      }),
    });
  if (calls.length === 0) return refused('unsupported_content', 'Il messaggio non contiene nulla da inviare');
  return given({ kind: 'messages' as const, calls, comment });
}

function publicReply(content: readonly Part[], text: string, target: string): Composed {
  if (content.some(part => part.type === 'media' || part.type === 'choice'))
    return refused('unsupported_content', 'Una risposta pubblica è di solo testo');
  if (text === '') return refused('unsupported_content', 'Il messaggio non contiene nulla da inviare');
  if (text.length > COMMENT_MAX) return refused('too_long', `Il testo supera ${COMMENT_MAX} caratteri`);
  return { kind: 'comment', target, text };
}

const SENT = new Set<Part['type']>(['text', 'html', 'media', 'choice']);

function wrongContent(content: readonly Part[]): Refused | undefined {
  const stranger = content.find(part => !SENT.has(part.type));
  if (stranger) return refused('unsupported_content', `Questo canale non invia contenuti di tipo «${stranger.type}»`);
  const texts = content.filter(part => part.type === 'text');
  if (content.some(part => part.type === 'html') && texts.length === 0)
    return refused('unsupported_content', 'Serve il testo semplice');
  if (texts.some(part => part.whole)) return refused('too_long', `Il testo supera ${TEXT_MAX} caratteri`);
  const choices = content.filter(part => part.type === 'choice');
  if (choices.length > 0 && texts.length === 0)
    return refused('unsupported_content', 'Le scelte hanno bisogno di una domanda');
  if (choices.length > QUICK_REPLIES_MAX) return refused('unsupported_content', `Al più ${QUICK_REPLIES_MAX} scelte`);
  if (choices.some(one => one.id.length > QUICK_REPLY_PAYLOAD_MAX))
    return refused('too_long', `L’identificativo di una scelta supera ${QUICK_REPLY_PAYLOAD_MAX} caratteri`);
  if (choices.some(one => one.title === '' || one.title.length > QUICK_REPLY_TITLE_MAX))
    return refused('too_long', `Il titolo di una scelta deve avere da 1 a ${QUICK_REPLY_TITLE_MAX} caratteri`);
  const media = content.filter(part => part.type === 'media');
  if (media.length > ATTACHMENTS_MAX)
    return refused('unsupported_content', `Al più ${ATTACHMENTS_MAX} allegati per messaggio`);
  for (const part of media) {
    const name = part.filename ?? part.kind;
    if (!part.blob) return refused('unsupported_content', `L'allegato «${name}» non è disponibile`);
    if (part.scan === 'infected') return refused('policy', `L'allegato «${name}» contiene un virus`);
    if (part.blob.size > ATTACHMENT_BYTES_MAX)
      return refused('unsupported_content', `L'allegato «${name}» supera 25 MB`);
  }
  return undefined;
}

/** Within 24 hours anything; within 7 days only what a person wrote, under its tag; then nothing. */
function windowOf(order: Outbound, now: Date): { messaging_type: string; tag?: string } | undefined {
  const since = order.lastInboundAt === undefined ? 0 : now.getTime() - Date.parse(order.lastInboundAt);
  if (since <= WINDOW_MS - WINDOW_MARGIN_MS) return { messaging_type: 'RESPONSE' };
  if (order.author === 'operator' && since <= HUMAN_WINDOW_MS - WINDOW_MARGIN_MS)
    return { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
  return undefined;
}

const uploadOf = (part: MediaPart): Upload => {
  const sort = part.kind === 'voice' ? 'audio' : part.kind === 'sticker' ? 'image' : part.kind;
  if (!part.blob) throw new Error('an attachment without bytes was not refused');
  return { type: sort, part: { ...part, blob: part.blob } };
};
