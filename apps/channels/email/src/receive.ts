import { createHash } from 'node:crypto';
import type { Address, BlobRef, Part, Thread, InboundFlags, AutomaticKind } from '@filodiretto/contracts';
import type { Fact, ReadMessage, ReadProgress } from '@filodiretto/channel-kit';
import type { Delivered, Effort } from './delivered.js';
import { authenticationOf } from './mail/authentication.js';
import { automaticKind } from './mail/automatic.js';
import { certifiedMail, receiptMeaning, type Certified } from './mail/certified.js';
import { cleanLine } from './mail/charset.js';
import { contentOf, systemPart } from './mail/content.js';
import { parseMail, type Headers, type ParsedMail } from './mail/parse.js';
import { reasonOf, reportOf, type Report, type ReportedRecipient } from './mail/report.js';
import { caseNumbers, citedIds, ourId, ownId, plusOf, recipients, rootId } from './mail/threading.js';

/** What a mail says, and the bytes to keep for it. */
export interface ReadMail {
  readonly facts: readonly Fact[];
  readonly blobs: readonly Blob[];
}
interface Blob {
  readonly ref: BlobRef;
  readonly bytes: Uint8Array;
}

/**
 * A mail's bytes → the message, and what it reports of earlier ones of ours. Pure: same bytes, same external ids, for
 * ever. Rejects only when it holds no mail at all: no header that makes one and no words.
 */
export const receive = async (raw: Uint8Array, delivered: Delivered, effort: Effort = 'full'): Promise<ReadMail> => {
  const outer = await parseMail(raw);
  if (outer.headers.isEmpty && !outer.text?.trim() && !outer.html?.trim() && outer.files.length === 0)
    throw new Error(raw.length === 0 ? 'the mail is empty: 0 bytes' : 'no header and no word of a mail can be found');
  const keeping = new Keeping();
  const certified = await certifiedMail(outer);
  const mail = certified?.kind === 'envelope' ? certified.inner : outer;
  const report = await reportOf(outer);
  const hash = createHash('sha256').update(raw).digest('hex').slice(0, 32);
  const id = ownId(outer.headers);
  const externalId = id === undefined ? hash : `${id}#${hash}`;
  const conversation = rootId(mail.headers) ?? rootId(outer.headers) ?? externalId;
  const from = senderOf(mail.headers, delivered, hash);
  const subject = mail.headers.text('subject') ?? outer.headers.text('subject');
  const plus = recipients(outer.headers, delivered.about['rcptTo'])
    .concat(certified?.kind === 'envelope' ? recipients(mail.headers, undefined) : [])
    .flatMap(address => plusOf(address, delivered.addresses) ?? []);
  const bounced = plus.flatMap(one => one.message ?? [])[0];
  const automatic =
    certified?.kind === 'receipt'
      ? ('receipt' as const)
      : automaticKind({
          headers: mail.headers,
          subject,
          from: from.kind === 'email' ? from.value : undefined,
          envelopeFrom: certified ? undefined : delivered.about['mailFrom'],
          report,
          toBounceAddress: bounced !== undefined,
        });
  const about = ourMessages(outer, report, certified, automatic, bounced, raw);
  const thread = threadOf(outer.headers, mail.headers, certified, subject, plus, about);
  const authentication = authenticationOf(outer.headers, delivered);
  const content = await contentOf(mail, {
    keep: (bytes, mediaType) => keeping.keep(bytes, mediaType),
    effort,
    report: report !== undefined,
    more: certified?.kind === 'envelope' ? certified.others : [],
    notices: noticesOf(delivered, report, certified),
  });
  const incomplete = outer.incomplete || mail.incomplete || content.incomplete || delivered.about['size'] !== undefined;
  const forgeable = certified?.kind === 'envelope' && !delivered.certified;
  const unauthenticated = authentication === 'fail' || forgeable;
  const verified =
    authentication === 'pass' ||
    (certified?.kind === 'envelope' && delivered.certified && certified.transport === 'posta-certificata');
  const flags: InboundFlags = {
    ...(automatic ? { automatic } : {}),
    ...(unauthenticated ? { unauthenticated } : {}),
    ...(incomplete ? { incomplete } : {}),
  };
  const replyTo = replyToOf(mail.headers, from);
  const language = languageOf(mail.headers);
  const message: ReadMessage = {
    account: delivered.account,
    externalId,
    ...(id === undefined ? {} : { citedAs: id }),
    conversation,
    from: verified && from.kind === 'email' ? { ...from, verified } : from,
    author: 'contact',
    ...(subject ? { subject } : {}),
    content: content.parts,
    sentAt: sentAt(mail.headers, delivered.receivedAt),
    ...(Object.keys(thread).length > 0 ? { thread } : {}),
    ...(Object.keys(flags).length > 0 ? { flags } : {}),
    ...(replyTo.length > 0 ? { replyTo } : {}),
    ...(language ? { hints: { language } } : {}),
  };
  const progress = progressOf(delivered, report, certified, automatic, about, subject);
  return { facts: [{ message }, ...progress.map(one => ({ progress: one }))], blobs: keeping.blobs };
};

/** Bytes to keep, named by their content as the store will name them. */
class Keeping {
  private readonly known = new Map<string, Blob>();
  get blobs(): Blob[] {
    return [...this.known.values()];
  }
  keep(bytes: Uint8Array, mediaType: string): BlobRef {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const ref = { sha256, size: bytes.length, mediaType };
    if (!this.known.has(sha256)) this.known.set(sha256, { ref, bytes });
    return ref;
  }
}

/** Who wrote. A mail that names nobody has a sender of its own: two strangers must not become one person. */
const senderOf = (headers: Headers, delivered: Delivered, hash: string): Address => {
  const envelope = delivered.about['mailFrom']
    ? [{ address: delivered.about['mailFrom'].toLowerCase(), name: '' }]
    : [];
  const written = headers.mailboxes('from');
  const found =
    written[0] ?? headers.mailboxes('sender', 'reply-to', 'x-original-from', 'return-path')[0] ?? envelope[0];
  if (!found) {
    const name = headers.text('from', 300)?.replace(/[<>"]/g, '').trim();
    return { kind: 'unknown', value: `unknown-${hash}`, ...(name ? { displayName: name } : {}) };
  }
  const name = found.name === '' || found.name.toLowerCase() === found.address ? undefined : found.name;
  return { kind: 'email', value: found.address, ...(name ? { displayName: name } : {}) };
};

const replyToOf = (headers: Headers, from: Address): Address[] =>
  headers
    .mailboxes('reply-to')
    .filter(
      (one, index, all) =>
        one.address !== from.value && all.findIndex(other => other.address === one.address) === index,
    )
    .slice(0, 5)
    .map(({ address, name }) => ({ kind: 'email', value: address, ...(name ? { displayName: name } : {}) }));

const MINUTES_AHEAD = 10;

/** The sender's clock, unless it is missing, unreadable or ahead of ours. */
const sentAt = (headers: Headers, receivedAt: string): string => {
  const date = new Date((headers.raw('date') ?? '').replace(/\([^)]*\)\s*$/, '').trim());
  const time = date.getTime();
  const latest = Date.parse(receivedAt) + MINUTES_AHEAD * 60_000;
  return Number.isNaN(time) || time > latest || time < Date.UTC(1980, 0, 1) ? receivedAt : date.toISOString();
};

const languageOf = (headers: Headers): string | undefined =>
  /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\s*(?:,|$)/i.exec(headers.raw('content-language') ?? '')?.[1]?.toLowerCase();

const threadOf = (
  outer: Headers,
  inner: Headers,
  certified: Certified | undefined,
  subject: string | undefined,
  plus: readonly { token?: string }[],
  about: readonly OurMessage[],
): Thread => {
  const cited = [
    ...(certified?.kind === 'receipt' ? certified.about : []),
    ...about.flatMap(one => one.externalId ?? []),
    ...citedIds(inner),
    ...(inner === outer ? [] : citedIds(outer)),
  ];
  const references = [...new Set(cited)].slice(0, 100);
  const tokens = [
    ...new Set([...plus.flatMap(one => one.token ?? []), ...references.flatMap(id => ourId(id)?.token ?? [])]),
  ].slice(0, 20);
  const numbers = caseNumbers(subject);
  return {
    ...(tokens.length > 0 ? { tokens } : {}),
    ...(references.length > 0 ? { references } : {}),
    ...(numbers.length > 0 ? { caseNumbers: numbers } : {}),
  };
};

/** A message of ours that a mail speaks of. */
interface OurMessage {
  readonly message?: string;
  readonly externalId?: string;
}

/** The messages of ours that a report speaks of: by its address (VERP), by the ids it names, by ids in its text. */
const ourMessages = (
  mail: ParsedMail,
  report: Report | undefined,
  certified: Certified | undefined,
  automatic: AutomaticKind | undefined,
  bounced: string | undefined,
  raw: Uint8Array,
): OurMessage[] => {
  const named = certified?.kind === 'receipt' ? certified.about : (report?.about ?? []);
  const speaks = certified?.kind === 'receipt' || report !== undefined || automatic === 'bounce';
  if (!speaks) return [];
  const byId = named.filter(id => ourId(id) !== undefined);
  if (byId.length === 0 && automatic === 'bounce') {
    const cited = citedIds(mail.headers).filter(id => ourId(id) !== undefined);
    byId.push(...(cited.length > 0 ? cited : ourIdsIn(raw)));
  }
  if (byId.length > 0) return [...new Set(byId)].map(id => ({ message: ourId(id)?.message, externalId: id }));
  return bounced === undefined ? [] : [{ message: bounced }];
};

const ourIdsIn = (raw: Uint8Array): string[] => {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, 500_000)).toString('latin1');
  return [...new Set(text.match(/out\.[0-9a-f-]{36}\.[a-z0-9-]{1,100}@[a-z0-9.-]+[a-z0-9]/gi) ?? [])].slice(0, 5);
};

const STILL_TRYING = /delay|warning|ritard|preavviso|still trying|temporar|not yet been delivered|verz[öo]ger/i;

/** What a bounce or a receipt says of our messages. */
const progressOf = (
  delivered: Delivered,
  report: Report | undefined,
  certified: Certified | undefined,
  automatic: AutomaticKind | undefined,
  about: readonly OurMessage[],
  subject: string | undefined,
): ReadProgress[] => {
  const one = (ours: OurMessage, rest: Pick<ReadProgress, 'state' | 'reason' | 'detail'>): ReadProgress => ({
    account: delivered.account,
    ...(ours.message ? { message: ours.message } : {}),
    ...(ours.externalId ? { externalId: ours.externalId } : {}),
    at: delivered.receivedAt,
    ...rest,
  });
  if (certified?.kind === 'receipt') {
    const { state, words } = receiptMeaning(certified.receipt);
    if (state === undefined) return [];
    return about.map(ours =>
      one(ours, { state, detail: words, ...(state === 'failed' ? { reason: 'undeliverable' } : {}) }),
    );
  }
  if (report?.kind === 'reading' && report.recipients.length > 0)
    return about.map(ours => one(ours, { state: 'read' }));
  if (report?.kind === 'delivery') {
    const failed = report.recipients.find(recipient => recipient.action === 'failed');
    if (failed) {
      const detail = wordsOf(failed);
      return about.map(ours =>
        one(ours, { state: 'failed', reason: reasonOf(failed.status, failed.diagnostic), detail }),
      );
    }
    const arrived = report.recipients.some(recipient => recipient.action === 'delivered');
    return arrived ? about.map(ours => one(ours, { state: 'delivered' })) : [];
  }
  if (report === undefined && automatic === 'bounce' && !STILL_TRYING.test(subject ?? ''))
    return about.map(ours =>
      one(ours, { state: 'failed', reason: 'undeliverable', detail: subject ?? 'mancato recapito' }),
    );
  return [];
};

const wordsOf = (recipient: ReportedRecipient): string =>
  cleanLine([recipient.address, recipient.status, recipient.diagnostic].filter(word => word).join(': '), 2_000) ||
  'mancato recapito';

const ACTION_WORDS: Readonly<Record<ReportedRecipient['action'], string>> = {
  failed: 'Mancato recapito a',
  delayed: 'Recapito in ritardo a',
  delivered: 'Recapitato a',
  relayed: 'Inoltrato a',
  expanded: 'Distribuito a',
  displayed: 'Letto da',
  complained: 'Segnalato come indesiderato da',
};

/** What an operator is told about the mail itself. */
const noticesOf = (delivered: Delivered, report: Report | undefined, certified: Certified | undefined): Part[] => {
  const notices: Part[] = [];
  if (delivered.about['size'] !== undefined)
    notices.push(
      systemPart(
        'too_large',
        `Il messaggio supera la dimensione ammessa (${Math.ceil(Number(delivered.about['size']) / 1_000_000)} MB): sono state lette solo le intestazioni. L'originale è nella casella di posta.`,
      ),
    );
  for (const recipient of report?.recipients.slice(0, 20) ?? [])
    notices.push(systemPart(`report.${recipient.action}`, `${ACTION_WORDS[recipient.action]} ${wordsOf(recipient)}`));
  if (certified?.kind === 'receipt')
    notices.push(systemPart(`pec.${certified.receipt}`, receiptMeaning(certified.receipt).words));
  if (certified?.kind === 'envelope')
    notices.push(
      systemPart(
        `pec.${certified.transport}`,
        certified.transport === 'posta-certificata'
          ? 'Messaggio di posta elettronica certificata'
          : 'Messaggio ordinario arrivato in una busta di anomalia PEC: il mittente non è certificato',
      ),
    );
  return notices;
};
