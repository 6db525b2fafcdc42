import type { Headers, Mailbox } from './parse.js';
import { clean } from './charset.js';

/** What in a mail says to which earlier one it belongs, and which names of ours it carries. Pure. */

const MAX_ID = 900;

/** The message ids written in a header, in order, without brackets. */
export const messageIds = (value: string | undefined): string[] => {
  if (value === undefined) return [];
  const text = clean(value);
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map(([, id = '']) => id.replace(/\s+/g, ''));
  const found = bracketed.length > 0 ? bracketed : text.split(/[\s,;]+/).filter(word => word.includes('@'));
  return [...new Set(found.filter(id => id !== '' && id !== '@' && id.length <= MAX_ID))];
};

/** The mail's own id. An empty or missing one is no id. */
export const ownId = (headers: Headers): string | undefined => messageIds(headers.raw('message-id'))[0];

/** The ids this mail answers or cites, nearest first, at most 100. */
export const citedIds = (headers: Headers): string[] => {
  const own = ownId(headers);
  const cited = [...messageIds(headers.raw('in-reply-to')), ...messageIds(headers.raw('references')).reverse()];
  return [...new Set(cited)].filter(id => id !== own).slice(0, 100);
};

/** The id of the mail that began the thread: it names the conversation. */
export const rootId = (headers: Headers): string | undefined =>
  messageIds(headers.raw('references'))[0] ?? messageIds(headers.raw('in-reply-to'))[0] ?? ownId(headers);

const OUR_ID = /^out\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([a-z0-9-]{1,100})@/i;

/** Our message and its reply token, when the id is one that we made. */
export const ourId = (id: string): { message: string; token: string } | undefined => {
  const found = OUR_ID.exec(id);
  return found ? { message: (found[1] ?? '').toLowerCase(), token: (found[2] ?? '').toLowerCase() } : undefined;
};
export const makeOurId = (message: string, token: string, domain: string): string =>
  `out.${message}.${token}@${domain}`;

const plainUuid = (id: string): string => id.replace(/-/g, '');
const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

const split = (address: string): { local: string; domain: string } => {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
};
export const domainOf = (address: string): string => split(address).domain;

/** The address a citizen's answer comes to: it carries the reply token. */
export const replyAddress = (base: string, token: string): string => {
  const { local, domain } = split(base);
  return `${local}+${token}@${domain}`;
};
/** The address a bounce comes to: it carries our message (VERP). The dot keeps it apart from every reply token. */
export const bounceAddress = (base: string, message: string): string => {
  const { local, domain } = split(base);
  return `${local}+b.${plainUuid(message)}@${domain}`;
};

export interface Plus {
  /** Reply token of ours. */
  readonly token?: string;
  /** Our message, when it was the bounce address. */
  readonly message?: string;
}

/** What stands after the plus of an address of ours; `undefined` when it is none of ours or has no plus. */
export const plusOf = (address: string, ours: readonly string[]): Plus | undefined => {
  const { local, domain } = split(address);
  for (const base of ours) {
    const own = split(base);
    if (domain !== own.domain || !local.startsWith(`${own.local}+`)) continue;
    const tag = local.slice(own.local.length + 1);
    const bounced = /^b\.([0-9a-f]{32})$/.exec(tag)?.[1];
    if (bounced) return { message: uuidOf(bounced) };
    if (/^[a-z0-9-]{1,100}$/.test(tag)) return { token: tag };
  }
  return undefined;
};

/** The address without what stands after its plus. */
export const withoutPlus = (address: string): string => {
  const { local, domain } = split(address);
  const plus = local.indexOf('+');
  return plus > 0 ? `${local.slice(0, plus)}@${domain}` : address;
};

/** Every address the mail was sent to, as far as it says. */
export const recipients = (headers: Headers, envelopeTo: string | undefined): string[] => {
  const written: Mailbox[] = headers.mailboxes(
    ...['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to', 'resent-to'],
  );
  const envelope = (envelopeTo ?? '').split(/\s+/).filter(one => one !== '');
  return [...new Set([...envelope.map(one => one.toLowerCase()), ...written.map(one => one.address)])];
};

const CASE_NUMBER = /(?<![\d-])(20\d{2}-\d{6,9}-\d)(?![\d-])/g;

/** Case numbers in a title, as written. */
export const caseNumbers = (subject: string | undefined): string[] =>
  [...new Set([...(subject ?? '').matchAll(CASE_NUMBER)].map(([, number = '']) => number))].slice(0, 10);
