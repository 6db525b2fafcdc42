import type { MediaPart, Outbound } from '@filodiretto/contracts';
import type { SendOutcome } from '@filodiretto/channel-kit';
import {
  BUTTON_TITLE_MAX,
  CAPTION_MAX,
  CHOICE_ID_MAX,
  LIST_ROWS_MAX,
  TEXT_MAX,
  WINDOW_MARGIN_MS,
  WINDOW_MS,
} from '../limits.js';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
const SENT = new Set(['text', 'html', 'media', 'location', 'choice']);
const MEDIA_BYTES_MAX = 64_000_000;

/** What one order says by a linked device. */
export interface Words {
  readonly kind: 'words';
  readonly chat: string;
  readonly text: string;
  readonly media: readonly (MediaPart & { readonly blob: NonNullable<MediaPart['blob']> })[];
  readonly places: readonly { latitude: number; longitude: number; name?: string }[];
}

/** What is to be said, or why it is not. The window of the official API is kept: who writes first by a device is banned. */
export function wordsOf(order: Outbound, now: Date): Words | Refused {
  const closes =
    order.lastInboundAt === undefined ? undefined : Date.parse(order.lastInboundAt) + WINDOW_MS - WINDOW_MARGIN_MS;
  if (closes !== undefined && now.getTime() > closes)
    return refused('window_closed', 'Sono passate più di 24 ore dal suo ultimo messaggio: usare un altro canale');
  const stranger = order.content.find(part => !SENT.has(part.type));
  if (stranger)
    return refused('unsupported_content', `Un telefono collegato non invia contenuti di tipo «${stranger.type}»`);
  const texts = order.content.filter(part => part.type === 'text');
  const choices = order.content.filter(part => part.type === 'choice');
  if (choices.length > 0 && texts.length === 0)
    return refused('unsupported_content', 'Le scelte hanno bisogno di una domanda');
  if (choices.length > LIST_ROWS_MAX) return refused('unsupported_content', `Al più ${LIST_ROWS_MAX} scelte`);
  if (choices.some(one => one.title.length > BUTTON_TITLE_MAX || one.id.length > CHOICE_ID_MAX))
    return refused('too_long', `Una scelta ha al più ${BUTTON_TITLE_MAX} caratteri`);
  // A linked device has no buttons: the choices are words.
  const text = [texts.map(part => part.text).join('\n\n'), ...choices.map(({ title }) => `• ${title}`)].join('\n');
  if (texts.some(part => part.whole) || text.length > TEXT_MAX)
    return refused('too_long', `Il testo supera ${TEXT_MAX} caratteri: accorciarlo o dividerlo in più messaggi`);
  const media = order.content.filter(part => part.type === 'media');
  for (const part of media) {
    const name = part.filename ?? part.kind;
    if (!part.blob) return refused('unsupported_content', `L'allegato «${name}» non è disponibile`);
    if (part.scan === 'infected') return refused('policy', `L'allegato «${name}» contiene un virus`);
    if (part.blob.size > MEDIA_BYTES_MAX) return refused('unsupported_content', `L'allegato «${name}» supera 64 MB`);
    if ((part.caption ?? '').length > CAPTION_MAX)
      return refused('too_long', `La didascalia di «${name}» è troppo lunga`);
  }
  const places = order.content.filter(part => part.type === 'location');
  if (text === '' && media.length === 0 && places.length === 0)
    return refused('unsupported_content', 'Il messaggio non contiene nulla da inviare');
  const chat = chatOf(order);
  if (chat === undefined) return refused('invalid_recipient', 'Del destinatario non si conosce il numero');
  return {
    kind: 'words',
    chat,
    text,
    media: media.flatMap(part => (part.blob ? [{ ...part, blob: part.blob }] : [])),
    places,
  };
}

function chatOf({ to }: Outbound): string | undefined {
  const names = [to, ...(to.aliases ?? [])];
  const number = names.find(name => name.kind === 'wa_id' || name.kind === 'phone')?.value.replace(/^\+/, '');
  if (number !== undefined) return /^\d{5,20}$/.test(number) ? `${number}@c.us` : undefined;
  return names.find(name => name.kind === 'lid' && name.value.endsWith('@lid'))?.value;
}
