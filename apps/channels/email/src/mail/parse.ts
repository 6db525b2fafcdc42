import PostalMime, { addressParser, decodeWords, type Address, type Email } from 'postal-mime';
import { clean, cleanLine, decodeText } from './charset.js';
import { mend } from './mend.js';
import { signedContent } from './signed.js';

/** A mail as its parts, still in the words of mail. */
export interface ParsedMail {
  readonly headers: Headers;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly files: readonly MailFile[];
  /** Part of it could not be read. */
  readonly incomplete: boolean;
}

/** A part of a mail that is neither its text nor its rich text. */
export interface MailFile {
  readonly filename: string | undefined;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Content-ID without brackets. */
  readonly contentId: string | undefined;
  readonly inline: boolean;
  /** METHOD of a calendar part. */
  readonly method: string | undefined;
}

export interface Mailbox {
  readonly address: string;
  readonly name: string;
}

const MAX_DEPTH = 60;
const MAX_SIGNED_DEPTH = 3;

/**
 * Reads the MIME structure. Never throws for what a mail may carry: what its structure does not let be read is given
 * as the plain text it is.
 */
export const parseMail = async (raw: Uint8Array): Promise<ParsedMail> => opened(await parseStructure(raw), 0);

/** A mail that is one signed file says what is in the file; the file stays, with its signature. */
const opened = async (mail: ParsedMail, depth: number): Promise<ParsedMail> => {
  const [file] = mail.files;
  if (!file || depth >= MAX_SIGNED_DEPTH || !/^application\/(?:x-)?pkcs7-mime$/.test(file.mediaType)) return mail;
  const content = mail.text?.trim() || mail.html?.trim() ? undefined : signedContent(file.bytes);
  if (!content) return mail;
  const inner = await opened(await parseStructure(content), depth + 1);
  return {
    ...inner,
    headers: mail.headers,
    files: [...inner.files, ...mail.files],
    incomplete: mail.incomplete || inner.incomplete,
  };
};

const parseStructure = async (raw: Uint8Array): Promise<ParsedMail> => {
  const { bytes, cut } = mend(raw);
  let email: Email;
  try {
    email = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxNestingDepth: MAX_DEPTH });
  } catch {
    email = await PostalMime.parse(asPlainText(bytes), { forceRfc822Attachments: true });
    return parsed(email, true);
  }
  return parsed(email, cut);
};

const parsed = (email: Email, incomplete: boolean): ParsedMail => ({
  headers: new Headers(email.headers.map(({ key, value }) => ({ name: key, value }))),
  text: email.text === undefined ? undefined : clean(email.text),
  html: email.html,
  files: email.attachments.map(file => ({
    filename: file.filename ? cleanLine(file.filename, 255) || undefined : undefined,
    mediaType: cleanLine(file.mimeType, 255).toLowerCase() || 'application/octet-stream',
    bytes: bytesOf(file.content),
    contentId: file.contentId?.replace(/^\s*<?|>?\s*$/g, '') || undefined,
    inline: file.disposition === 'inline' || (file.related === true && file.disposition !== 'attachment'),
    method: file.method,
  })),
  incomplete,
});

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);

/** The same mail with its structure taken away: what stands in the body is read as it is. */
const asPlainText = (bytes: Buffer): Buffer => {
  const text = bytes.toString('latin1');
  const split = /\r?\n\r?\n/.exec(text);
  const head = text.slice(0, split?.index ?? Math.min(text.length, 64_000));
  const kept = head
    .split(/\r?\n(?![ \t])/)
    .filter(line => !/^(?:content-|mime-version)/i.test(line))
    .slice(0, 500)
    .join('\n');
  return Buffer.from(`${kept}\n\n${split ? text.slice(split.index + split[0].length) : ''}`, 'latin1');
};

/** The headers, in the order they came; names in lower case. */
export class Headers {
  constructor(private readonly fields: readonly { readonly name: string; readonly value: string }[]) {}

  /** The first header of this name, as it came. */
  raw(name: string): string | undefined {
    return this.fields.find(field => field.name === name)?.value;
  }
  /** The first header of this name, in letters. */
  text(name: string, max = 2_000): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : cleanLine(decodeWords(value), max) || undefined;
  }
  has(name: string): boolean {
    return this.fields.some(field => field.name === name);
  }
  all(name: string): string[] {
    return this.fields.filter(field => field.name === name).map(field => field.value);
  }
  /** Every mailbox of the headers of these names. */
  mailboxes(...names: string[]): Mailbox[] {
    return names.flatMap(name => this.all(name)).flatMap(mailboxesOf);
  }
  get isEmpty(): boolean {
    return this.fields.length === 0;
  }
}

const ADDRESS = /[^\s<>()[\]",;:\\]+@[^\s<>()[\]",;:\\]+/;

/** The mailboxes written in a header; what stands in broken ones is searched for an address. */
export const mailboxesOf = (value: string): Mailbox[] => {
  let found: Address[];
  try {
    found = addressParser(value, { flatten: true });
  } catch {
    found = [];
  }
  const mailboxes = found.flatMap(({ address, name }) => {
    const good = address === undefined ? undefined : ADDRESS.exec(address)?.[0];
    return good ? [{ address: normalAddress(good), name: cleanLine(decodeWords(name), 300) }] : [];
  });
  if (mailboxes.length > 0) return mailboxes;
  const rescued = ADDRESS.exec(decodeWords(value))?.[0];
  return rescued ? [{ address: normalAddress(rescued), name: '' }] : [];
};

/** One spelling for one mailbox: lower case, no stray signs at the ends. */
export const normalAddress = (address: string): string =>
  clean(address)
    .replace(/^['"<\s]+|['">\s.]+$/g, '')
    .toLowerCase()
    .slice(0, 512);

/** Bytes of a text file of the mail in letters. */
export const fileText = (file: MailFile): string => clean(decodeText(file.bytes));
