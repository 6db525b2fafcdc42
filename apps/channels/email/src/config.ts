import { Flag, InstantField, One, Text, Texts, Whole } from '@filodiretto/contracts';
import { ChoiceSetting, JsonSetting, TextSetting, WholeSetting } from '@filodiretto/channel-kit';

const ADDRESS = /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+$/;

/** How a token is obtained from the provider: `refreshToken` when a person consented, else client credentials. */
export class OAuth2 {
  @Text('Where tokens are given', { max: 500, pattern: /^https?:\/\// }) readonly tokenUrl: string;
  @Text('Client', { max: 200 }) readonly clientId: string;
  @Text("Client's secret", { max: 2_000, optional: true }) readonly clientSecret?: string;
  @Text('Refresh token', { max: 4_000, optional: true }) readonly refreshToken?: string;
  @Text('Scope', { max: 500, optional: true }) readonly scope?: string;
}

/** The mailbox at its IMAP server. */
export class ImapAccess {
  @Text('Host', { max: 255 }) readonly host: string;
  @Whole('Port; 993 unless told', { min: 1, max: 65_535, optional: true }) readonly port?: number;
  @Flag('TLS from the first byte; true unless told, then STARTTLS where offered', { optional: true })
  readonly secure?: boolean;
  @Text('User', { max: 320 }) readonly user: string;
  @Text('Password', { max: 500, optional: true }) readonly password?: string;
  @One('OAuth2 instead of a password', () => OAuth2, { optional: true }) readonly oauth2?: OAuth2;
  @Text('Folder read; INBOX unless told', { max: 255, optional: true }) readonly folder?: string;
  @InstantField('Only what arrived since this day', { optional: true }) readonly since?: string;
  @Flag('Mark as read what is held', { optional: true }) readonly markSeen?: boolean;
  @Text('Folder that what is held is moved to', { max: 255, optional: true }) readonly moveTo?: string;
}

/** The mailbox's own way out, instead of SMTP_OUT_URL. */
export class SmtpAccess {
  @Text('Server, as smtp[s]://host:port', { max: 500, pattern: /^smtps?:\/\/[^/@]+$/ }) readonly url: string;
  @Text('User', { max: 320, optional: true }) readonly user?: string;
  @Text('Password', { max: 500, optional: true }) readonly password?: string;
  @One('OAuth2 instead of a password', () => OAuth2, { optional: true }) readonly oauth2?: OAuth2;
}

/** One account: an address of the administration. */
export class MailboxSetting {
  @Text('Account: its name inside the system', { max: 200, pattern: /^[\w@.-]+$/ }) readonly account: string;
  @Text('Address it writes from', { max: 320, pattern: ADDRESS }) readonly address: string;
  @Text('Name it writes as', { max: 200, optional: true }) readonly name?: string;
  @Texts('Other addresses that come to it', { max: 50, maxLength: 320, optional: true }) readonly aliases?: string[];
  @One('Where it is read', () => ImapAccess, { optional: true }) readonly imap?: ImapAccess;
  @One('Where it sends', () => SmtpAccess, { optional: true }) readonly smtp?: SmtpAccess;
  @Texts('Names (authserv-id) of the mail server whose Authentication-Results are true', {
    max: 10,
    maxLength: 255,
    optional: true,
  })
  readonly authservIds?: string[];
  @Flag('address+something@ comes to the same mailbox; true unless told', { optional: true })
  readonly plusAddresses?: boolean;
  @Flag('It is a PEC mailbox', { optional: true }) readonly certified?: boolean;
}

export class EmailSettings {
  @JsonSetting('Mailboxes (accounts); see the README of the channel', () => MailboxSetting, {
    list: true,
    secret: true,
  })
  readonly emailMailboxes: readonly MailboxSetting[];
  @TextSetting('Server that sends, as smtp[s]://[user:password@]host:port', {
    pattern: /^smtps?:\/\/\S+$/,
    optional: true,
    secret: true,
  })
  readonly smtpOutUrl?: string;
  @WholeSetting('Port at which mail is received directly by SMTP; off when absent', { max: 65_535, optional: true })
  readonly smtpInPort?: number;
  @TextSetting('Address at which mail is received directly', { default: '127.0.0.1' }) readonly smtpInHost: string;
  @TextSetting('Name under which we receive', { default: 'localhost' }) readonly smtpInName: string;
  @ChoiceSetting(
    'Who proves the sender of mail received directly: we ourselves (we face the internet), or the header of the server before us',
    ['ourselves', 'header'],
    { default: 'header' },
  )
  readonly smtpInProof: 'ourselves' | 'header';
  @TextSetting('File of the TLS key for STARTTLS', { optional: true }) readonly smtpInTlsKey?: string;
  @TextSetting('File of the TLS certificate for STARTTLS', { optional: true }) readonly smtpInTlsCert?: string;
  @WholeSetting('Largest mail read whole, in bytes', { default: 36_700_160, min: 10_000, max: 200_000_000 })
  readonly emailMaxBytes: number;
  @WholeSetting('Seconds between two looks at a mailbox that says nothing', { default: 60, min: 1, max: 3_600 })
  readonly emailPollSeconds: number;
  @WholeSetting('Threads that read mails', { default: 2, min: 1, max: 32 }) readonly emailReaderThreads: number;
  @WholeSetting('Seconds after which the reading of a mail is given up', { default: 20, min: 1, max: 300 })
  readonly emailReaderSeconds: number;
  @WholeSetting('Memory of a reading thread, in MB', { default: 512, min: 64, max: 8_192 })
  readonly emailReaderMemoryMb: number;
}
