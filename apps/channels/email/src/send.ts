import type { BlobRef, MediaPart, Outbound, Part } from '@filodiretto/contracts';
import type { SendOutcome } from '@filodiretto/channel-kit';
import { cleanLine } from './mail/charset.js';
import { bounceAddress, domainOf, makeOurId, replyAddress } from './mail/threading.js';

/** Attachments of one mail together, before the encoding that makes them a third larger. Bytes. */
export const MAX_ATTACHMENTS_BYTES = 18_000_000;
/** Characters of all texts of one mail. */
export const MAX_TEXT = 200_000;
const MAX_REFERENCES = 20;

/** From whom the mail goes out. */
export interface Sender {
  readonly address: string;
  readonly name: string | undefined;
  /** address+something@ comes back to the same mailbox. */
  readonly plusAddresses: boolean;
}

/** A mail ready for the mailer, but for the bytes of what it encloses. */
export interface Mail {
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo: string | undefined;
  readonly subject: string;
  /** With brackets, as the header says it. */
  readonly messageId: string;
  readonly inReplyTo: string | undefined;
  readonly references: string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly texts: readonly (string | BlobRef)[];
  readonly html: BlobRef | undefined;
  readonly files: readonly MailAttachment[];
  readonly date: Date;
}
interface MailAttachment {
  readonly blob: BlobRef;
  readonly filename: string;
  readonly mediaType: string;
  readonly inlineId: string | undefined;
}

type Refused = Extract<SendOutcome, { kind: 'refused' }>;
const refuse = (reason: Refused['reason'], detail: string): Refused => ({ kind: 'refused', reason, detail });

const ADDRESS = /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,253}$/;

/** An order → the mail that carries it out, or why it cannot be one. Pure. */
export const mailOf = (message: Outbound, sender: Sender): Mail | Refused => {
  if (message.to.kind !== 'email' || !ADDRESS.test(message.to.value))
    return refuse('invalid_recipient', `non è un indirizzo di posta elettronica: ${cleanLine(message.to.value, 200)}`);
  const words = wordsOf(message.content);
  if ('kind' in words) return words;
  const files = filesOf(message.content);
  if ('kind' in files) return files;
  const html = message.content.find(part => part.type === 'html')?.blob;
  if (words.texts.length === 0 && html === undefined && files.length === 0)
    return refuse('unsupported_content', 'il messaggio è vuoto');

  const domain = domainOf(sender.address);
  const { token, inReplyTo, references = [] } = message.thread;
  const answered = inReplyTo === undefined ? undefined : messageIdIn(inReplyTo);
  const chain = [...new Set([...references.flatMap(id => messageIdIn(id) ?? []), ...(answered ? [answered] : [])])];
  return {
    envelope: {
      from: sender.plusAddresses ? bounceAddress(sender.address, message.id) : sender.address,
      to: [message.to.value],
    },
    from: { name: sender.name ?? '', address: sender.address },
    to: { name: cleanLine(message.to.displayName ?? '', 200), address: message.to.value },
    replyTo: sender.plusAddresses ? withinLimits(replyAddress(sender.address, token)) : undefined,
    subject: cleanLine(message.subject ?? 'Comunicazione', 900),
    messageId: `<${makeOurId(message.id, token, domain)}>`,
    inReplyTo: answered,
    references: trimmed(chain),
    headers: headersOf(message, domain),
    texts: words.texts,
    html,
    files,
    date: new Date(message.queuedAt),
  };
};

/** A local part has at most 64 octets (RFC 5321): a longer reply address would be refused by the citizen's server. */
const withinLimits = (address: string): string | undefined =>
  Buffer.byteLength(address.slice(0, address.lastIndexOf('@'))) <= 64 ? address : undefined;

/** `id#hash` → `<id>`; a mail that came without an id cannot be cited. */
const messageIdIn = (externalId: string): string | undefined => {
  const id = externalId.replace(/(?:^|#)[0-9a-f]{32}$/, '');
  return id === '' || /[\s<>]/.test(id) || id.length > 900 ? undefined : `<${id}>`;
};

/** The first and the last ones: what clients need to show one thread. */
const trimmed = (chain: readonly string[]): string[] =>
  chain.length <= MAX_REFERENCES + 1 ? [...chain] : [...chain.slice(0, 1), ...chain.slice(-MAX_REFERENCES)];

const headersOf = (message: Outbound, domain: string): Record<string, string> => {
  if (message.author !== 'automation' && message.automatic === undefined) return {};
  return {
    'Auto-Submitted': message.automatic === 'acknowledgement' ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'X-Filodiretto-Loop': domain,
  };
};

const wordsOf = (content: readonly Part[]): { texts: (string | BlobRef)[] } | Refused => {
  const texts: (string | BlobRef)[] = [];
  let length = 0;
  for (const part of content) {
    if (part.type === 'text') {
      texts.push(part.whole ?? part.text);
      length += part.whole ? part.whole.size : part.text.length;
    } else if (part.type === 'location') {
      const place = [part.name, part.address].filter(word => word).join(', ');
      const { latitude, longitude } = part;
      texts.push(
        `${place || 'Luogo'}: https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=18/${latitude}/${longitude}`,
      );
    } else if (part.type === 'card') {
      texts.push([part.name, ...part.phones, ...part.emails].filter(word => word).join('\n'));
    } else if (part.type === 'system') {
      texts.push(part.text);
    } else if (!['html', 'media', 'calendar'].includes(part.type)) {
      return refuse('unsupported_content', `un messaggio di posta elettronica non può contenere: ${part.type}`);
    }
  }
  if (length > MAX_TEXT) return refuse('too_long', `il testo supera ${MAX_TEXT} caratteri: allegare un documento`);
  return { texts: texts.filter(text => typeof text !== 'string' || text.trim() !== '') };
};

const filesOf = (content: readonly Part[]): MailAttachment[] | Refused => {
  const files: MailAttachment[] = [];
  for (const part of content) {
    if (part.type === 'calendar')
      files.push({ blob: part.blob, filename: 'invito.ics', mediaType: 'text/calendar', inlineId: undefined });
    if (part.type !== 'media') continue;
    if (!part.blob)
      return refuse('unsupported_content', `il file ${part.filename ?? ''} non è disponibile`.replace('  ', ' '));
    if (part.scan === 'infected') return refuse('policy', `il file ${part.filename ?? ''} contiene un virus`);
    files.push({
      blob: part.blob,
      filename: cleanLine(part.filename ?? defaultName(part, files.length + 1), 200),
      mediaType: part.mediaType,
      inlineId: part.inlineId,
    });
  }
  const size = files.reduce((sum, file) => sum + file.blob.size, 0);
  return size > MAX_ATTACHMENTS_BYTES
    ? refuse(
        'too_long',
        `gli allegati superano ${MAX_ATTACHMENTS_BYTES / 1_000_000} MB: inviarli in più messaggi o con un collegamento`,
      )
    : files;
};

const defaultName = (part: MediaPart, index: number): string =>
  `allegato-${index}.${/\/([a-z0-9]{1,5})$/.exec(part.mediaType)?.[1] ?? 'bin'}`;

/** A text as a rich text that says the same: paragraphs, lines, links. */
export const htmlOf = (text: string): string => {
  const paragraphs = text
    .split(/\n{2,}/)
    .map(paragraph => `<p>${linked(escaped(paragraph)).replace(/\n/g, '<br>\n')}</p>`);
  return `<!doctype html>\n<html lang="it"><head><meta charset="utf-8"></head><body>\n${paragraphs.join('\n')}\n</body></html>\n`;
};
/** A sanitised fragment as a whole document. */
export const documentOf = (fragment: string): string =>
  `<!doctype html>\n<html lang="it"><head><meta charset="utf-8"></head><body>\n${fragment}\n</body></html>\n`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, char => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
const linked = (html: string): string =>
  html.replace(/https?:\/\/[^\s<>]+[^\s<>.,;:!?)]/g, url => `<a href="${url}">${url}</a>`);
