import type { ChoicePart, MediaPart, Outbound, Part } from '@filodiretto/contracts';
import type { SendOutcome } from '@filodiretto/channel-kit';
import { recipientOf } from './identity.js';
import {
  ATTACHMENTS_MAX,
  BUTTONS_MAX,
  BUTTON_TITLE_MAX,
  CAPTION_MAX,
  CHOICE_ID_MAX,
  DOCUMENT_BYTES_MAX,
  LIST_DESCRIPTION_MAX,
  LIST_ROWS_MAX,
  LIST_TITLE_MAX,
  MEDIA_RULES,
  TEXT_MAX,
  WINDOW_MARGIN_MS,
  WINDOW_MS,
} from './limits.js';
import { given } from '@filodiretto/channel-kit';

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
/** An attachment to upload before the message that shows it. */
interface Upload {
  readonly type: 'image' | 'audio' | 'video' | 'sticker' | 'document';
  readonly part: MediaPart & { readonly blob: NonNullable<MediaPart['blob']> };
}
/** One call to the provider; `body` is complete once the attachment has its id. */
export interface Call {
  readonly upload?: Upload;
  body(mediaId?: string): Record<string, unknown>;
}
export type Composed = { readonly kind: 'calls'; readonly calls: readonly Call[] } | Refused;

const refused = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });
/** A refusal on its way out of the functions below. */
class Refusal extends Error {
  constructor(
    readonly reason: Refused['reason'],
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * The calls that say a message: one, or attachments first and the words last when they do not fit a caption. Pure.
 * Refuses what the provider would refuse; a text is never cut.
 */
export function compose(message: Outbound, now: Date): Composed {
  try {
    return { kind: 'calls', calls: callsOf(message, now) };
  } catch (error) {
    if (error instanceof Refusal) return refused(error.reason, error.message);
    throw error;
  }
}

function callsOf(message: Outbound, now: Date): Call[] {
  const template = message.content.find(part => part.type === 'template');
  if (!template && isClosed(message, now))
    throw new Refusal(
      'window_closed',
      'Sono passate più di 24 ore dal suo ultimo messaggio: usare un modello approvato o un altro canale',
    );
  const envelope = envelopeOf(message);
  return payloadsOf(message.content).map(one => ({
    ...(one.upload ? { upload: one.upload } : {}),
    body: mediaId => ({ ...envelope, ...one.payload(mediaId) }),
  }));
}

const isClosed = (message: Outbound, now: Date): boolean =>
  message.lastInboundAt !== undefined &&
  now.getTime() > Date.parse(message.lastInboundAt) + WINDOW_MS - WINDOW_MARGIN_MS;

function envelopeOf(message: Outbound): Record<string, unknown> {
  const group = /^group:(.+)$/.exec(message.conversation)?.[1];
  const recipient = group ? { to: group } : recipientOf(message.to);
  if (!recipient)
    throw new Refusal('invalid_recipient', 'Del destinatario non si conosce né il numero né un altro identificativo');
  const quoted = message.thread.inReplyTo;
  return given({
    messaging_product: 'whatsapp',
    recipient_type: group ? 'group' : 'individual',
    ...recipient,
    biz_opaque_callback_data: `${message.id}:${message.attempt}`,
    context: quoted?.startsWith('wamid.') ? { message_id: quoted } : undefined,
  });
}

interface Payload {
  readonly upload?: Upload;
  payload(mediaId?: string): Record<string, unknown>;
}

function payloadsOf(content: readonly Part[]): Payload[] {
  const of = <T extends Part['type']>(type: T) =>
    content.filter((part): part is Extract<Part, { type: T }> => part.type === type);
  const stranger = content.find(part => !SENT.has(part.type));
  if (stranger)
    throw new Refusal('unsupported_content', `Questo canale non invia contenuti di tipo «${stranger.type}»`);
  const [template] = of('template');
  if (template) {
    if (content.length > 1) throw new Refusal('unsupported_content', 'Un modello si invia da solo');
    return [fixed({ type: 'template', template: templateOf(template.name, template.language, template.parameters) })];
  }
  const text = of('text')
    .map(part => wordsOf(part.text, part.whole !== undefined))
    .join('\n\n');
  const choices = of('choice');
  const media = of('media');
  if (media.length > ATTACHMENTS_MAX)
    throw new Refusal('unsupported_content', `Al più ${ATTACHMENTS_MAX} allegati per messaggio`);
  if (of('html').length > 0 && text === '') throw new Refusal('unsupported_content', 'Serve il testo semplice');
  const uploads = media.map(uploadOf);
  const [only] = uploads;
  const caption =
    uploads.length === 1 && choices.length === 0 && text.length <= CAPTION_MAX && only && CAPTIONED.has(only.type)
      ? text
      : '';
  return [
    ...uploads.map(upload => mediaPayload(upload, [caption, upload.part.caption ?? ''].filter(Boolean).join('\n'))),
    ...of('location').map(({ latitude, longitude, name, address }) =>
      fixed({ type: 'location', location: given({ latitude, longitude, name, address }) }),
    ),
    ...of('card').map(card => fixed({ type: 'contacts', contacts: [contactOf(card.name, card.phones, card.emails)] })),
    ...(choices.length > 0 ? [fixed({ type: 'interactive', interactive: interactiveOf(text, choices) })] : []),
    ...(choices.length === 0 && text !== '' && caption === ''
      ? [fixed({ type: 'text', text: { preview_url: false, body: text } })]
      : []),
  ];
}

const SENT = new Set<Part['type']>(['text', 'html', 'media', 'location', 'card', 'choice', 'template']);
const CAPTIONED = new Set<Upload['type']>(['image', 'video', 'document']);
const fixed = (payload: Record<string, unknown>): Payload => ({ payload: () => payload });

function wordsOf(text: string, longer: boolean): string {
  if (longer || text.length > TEXT_MAX)
    throw new Refusal('too_long', `Il testo supera ${TEXT_MAX} caratteri: accorciarlo o dividerlo in più messaggi`);
  return text;
}

function uploadOf(part: MediaPart): Upload {
  const { blob } = part;
  const name = part.filename ?? part.kind;
  if (!blob) throw new Refusal('unsupported_content', `L'allegato «${name}» non è disponibile`);
  if (part.scan === 'infected') throw new Refusal('policy', `L'allegato «${name}» contiene un virus`);
  if ((part.caption ?? '').length > CAPTION_MAX)
    throw new Refusal('too_long', `La didascalia di «${name}» supera ${CAPTION_MAX} caratteri`);
  const type = typeOf(part, blob.size);
  if (blob.size > DOCUMENT_BYTES_MAX) throw new Refusal('unsupported_content', `L'allegato «${name}» supera 100 MB`);
  return { type, part: { ...part, blob } };
}

/** The provider's sort for an attachment; a document when it is no good as anything else. */
function typeOf(part: MediaPart, size: number): Upload['type'] {
  const sort = part.kind === 'voice' ? 'audio' : part.kind;
  const media = part.mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (sort === 'file') return 'document';
  const rule: { readonly maxBytes: number; readonly types: readonly string[] } = MEDIA_RULES[sort];
  return rule.types.includes(media) && size <= rule.maxBytes ? sort : 'document';
}

function mediaPayload(upload: Upload, caption: string): Payload {
  const { type, part } = upload;
  if (caption.length > CAPTION_MAX) throw new Refusal('too_long', `Una didascalia supera ${CAPTION_MAX} caratteri`);
  return {
    upload,
    payload: id => ({
      type,
      [type]: given({
        id,
        caption: caption !== '' && CAPTIONED.has(type) ? caption : undefined,
        filename: type === 'document' ? (part.filename ?? 'allegato') : undefined,
      }),
    }),
  };
}

const contactOf = (name: string, phones: readonly string[], emails: readonly string[]): Record<string, unknown> => ({
  name: { formatted_name: name || 'Contatto', first_name: name || 'Contatto' },
  phones: phones.map(phone => ({ phone })),
  emails: emails.map(email => ({ email })),
});

const templateOf = (name: string, language: string, parameters: readonly string[]): Record<string, unknown> =>
  given({
    name,
    language: { code: language },
    components:
      parameters.length > 0
        ? [{ type: 'body', parameters: parameters.map(text => ({ type: 'text', text })) }]
        : undefined,
  });

/** Up to three choices are buttons, up to ten a list. */
function interactiveOf(text: string, choices: readonly ChoicePart[]): Record<string, unknown> {
  if (text === '') throw new Refusal('unsupported_content', 'Le scelte hanno bisogno di una domanda');
  if (text.length > CAPTION_MAX)
    throw new Refusal('too_long', `La domanda prima delle scelte supera ${CAPTION_MAX} caratteri`);
  const buttons = choices.length <= BUTTONS_MAX && choices.every(one => one.description === undefined);
  if (choices.length > LIST_ROWS_MAX) throw new Refusal('unsupported_content', `Al più ${LIST_ROWS_MAX} scelte`);
  const titleMax = buttons ? BUTTON_TITLE_MAX : LIST_TITLE_MAX;
  for (const one of choices) {
    if (one.title === '' || one.title.length > titleMax)
      throw new Refusal('too_long', `Il titolo «${one.title}» deve avere da 1 a ${titleMax} caratteri`);
    if (one.id.length > CHOICE_ID_MAX || (one.description ?? '').length > LIST_DESCRIPTION_MAX)
      throw new Refusal('too_long', `La scelta «${one.title}» è troppo lunga`);
  }
  if (
    new Set(choices.map(one => one.id)).size < choices.length ||
    new Set(choices.map(one => one.title)).size < choices.length
  )
    throw new Refusal('unsupported_content', 'Due scelte sono uguali');
  return buttons
    ? {
        type: 'button',
        body: { text },
        action: { buttons: choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
      }
    : {
        type: 'list',
        body: { text },
        action: {
          button: 'Scegli',
          sections: [{ rows: choices.map(({ id, title, description }) => given({ id, title, description })) }],
        },
      };
}
