import type { RefusalReason } from '@filodiretto/contracts';
import { cleanLine } from './charset.js';
import { fileText, mailboxesOf, parseMail, type MailFile, type ParsedMail } from './parse.js';
import { messageIds } from './threading.js';

/** What a delivery report (RFC 3464), a reading receipt (RFC 8098) or a complaint (RFC 5965) says. */
export interface Report {
  readonly kind: 'delivery' | 'reading' | 'complaint';
  readonly recipients: readonly ReportedRecipient[];
  /** Ids of the mail it speaks of. */
  readonly about: readonly string[];
}
export interface ReportedRecipient {
  readonly address: string;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'displayed' | 'complained';
  /** Enhanced status code, RFC 3463. */
  readonly status: string | undefined;
  readonly diagnostic: string | undefined;
}

const STATUS_TYPES = ['message/delivery-status', 'message/global-delivery-status'];
const READING_TYPES = ['message/disposition-notification', 'message/global-disposition-notification'];
const ORIGINAL_TYPES = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
];

/** The report this mail is, when it is one by its structure. */
export const reportOf = async (mail: ParsedMail): Promise<Report | undefined> => {
  const of = (types: readonly string[]): MailFile[] => mail.files.filter(file => types.includes(file.mediaType));
  const status = of(STATUS_TYPES);
  const reading = of(READING_TYPES);
  const complaint = of(['message/feedback-report']);
  const enclosed = await Promise.all(of(ORIGINAL_TYPES).map(async file => (await parseMail(file.bytes)).headers));
  const original = enclosed.flatMap(headers => messageIds(headers.raw('message-id')).slice(0, 1));
  // Microsoft's consumer mail complains without saying so by its structure
  const hotmail = enclosed.map(headers => headers.raw('x-hmxmroriginalrecipient')).find(one => one !== undefined);
  if (hotmail !== undefined)
    return {
      kind: 'complaint',
      recipients: [{ address: addressIn(hotmail), action: 'complained', status: undefined, diagnostic: undefined }],
      about: original,
    };
  if (complaint.length > 0) {
    const groups = complaint.flatMap(file => groupsOf(fileText(file)));
    const address = groups.map(group => group.get('original-rcpt-to')).find(one => one !== undefined) ?? '';
    return {
      kind: 'complaint',
      recipients: [{ address: addressIn(address), action: 'complained', status: undefined, diagnostic: undefined }],
      about: original,
    };
  }
  if (status.length > 0) {
    const groups = status.flatMap(file => groupsOf(fileText(file)));
    return {
      kind: 'delivery',
      recipients: groups.flatMap(recipientOf),
      about: [...new Set([...original, ...groups.flatMap(group => messageIds(group.get('x-original-message-id')))])],
    };
  }
  if (reading.length > 0) {
    const groups = reading.flatMap(file => groupsOf(fileText(file)));
    return {
      kind: 'reading',
      recipients: groups.flatMap(group => {
        const disposition = group.get('disposition') ?? '';
        const address = addressIn(group.get('final-recipient') ?? group.get('original-recipient') ?? '');
        const action = /;\s*displayed\b/i.test(disposition) ? ('displayed' as const) : undefined;
        return action ? [{ address, action, status: undefined, diagnostic: undefined }] : [];
      }),
      about: [...new Set([...groups.flatMap(group => messageIds(group.get('original-message-id'))), ...original])],
    };
  }
  return undefined;
};

type Group = ReadonlyMap<string, string>;

/** The groups of `Name: value` lines, parted by empty lines. */
const groupsOf = (text: string): Group[] =>
  text
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .map(block => {
      const fields = new Map<string, string>();
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':');
        if (colon <= 0) continue;
        const name = line.slice(0, colon).trim().toLowerCase();
        if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    })
    .filter(group => group.size > 0);

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

const recipientOf = (group: Group): ReportedRecipient[] => {
  const recipient = group.get('final-recipient') ?? group.get('original-recipient');
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(group.get('status') ?? '')?.[1];
  const said = (/^\s*([a-z]+)/i.exec(group.get('action') ?? '')?.[1] ?? '').toLowerCase();
  const action =
    ACTIONS.find(one => one === said) ??
    (status?.startsWith('5') ? 'failed' : status?.startsWith('4') ? 'delayed' : undefined);
  if (recipient === undefined && action === undefined) return [];
  const diagnostic = group.get('diagnostic-code');
  return [
    {
      address: addressIn(recipient ?? ''),
      action: action ?? 'failed',
      status,
      diagnostic: diagnostic === undefined ? undefined : cleanLine(diagnostic.replace(/^\s*[\w-]+\s*;\s*/, ''), 500),
    },
  ];
};

const addressIn = (field: string): string => mailboxesOf(field.replace(/^\s*[\w-]+\s*;\s*/, ''))[0]?.address ?? '';

/** Why a recipient was not reached, in the words every channel shares (RFC 3463). */
export const reasonOf = (status: string | undefined, diagnostic: string | undefined): RefusalReason => {
  if (
    /^[45]\.1\.|user unknown|no such user|does not exist|unknown user|recipient.*(?:rejected|unknown)/i.test(
      status ?? diagnostic ?? '',
    )
  )
    return 'invalid_recipient';
  if (/^[45]\.3\.4|^[45]\.2\.3/.test(status ?? '')) return 'too_long';
  if (/^[45]\.7\./.test(status ?? '')) return 'policy';
  return 'undeliverable';
};
