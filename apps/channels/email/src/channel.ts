import {
  ConfigurationError,
  storageOf,
  type Channel,
  type Connection,
  type Host,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import { EmailSettings, type MailboxSetting, type OAuth2 } from './config.js';
import { Mailbox } from './imap.js';
import { Listeners } from './listeners.js';
import { normalAddress } from './mail/parse.js';
import { AccessTokens } from './oauth2.js';
import { enclosed } from './provider.js';
import { MailReader } from './reader.js';
import { mailOf, MAX_ATTACHMENTS_BYTES, MAX_TEXT } from './send.js';
import { SmtpIn } from './smtp-in.js';
import { SmtpOut } from './smtp-out.js';

/** E-mail: in by IMAP or directly by SMTP, out by SMTP. */
export const email: Channel<EmailSettings> = {
  manifest: {
    id: 'email',
    name: 'E-mail',
    capabilities: {
      reply: true,
      initiate: true,
      acknowledge: true,
      subject: true,
      text: { maxLength: MAX_TEXT, unit: 'characters' },
      html: true,
      location: true,
      attachments: { max: 50, maxBytes: MAX_ATTACHMENTS_BYTES, mediaTypes: ['*/*'] },
      receipts: { sent: true },
      conversations: 'thread',
      addressKinds: ['email'],
    },
  },
  config: EmailSettings,
  connect(config, host) {
    const mistakes = mistakesIn(config);
    if (mistakes.length > 0) return Promise.reject(new ConfigurationError(mistakes));
    return Promise.resolve(new EmailSession(config, host));
  },
};

class EmailSession {
  readonly accounts: readonly string[];
  readonly addresses: readonly { readonly kind: 'email'; readonly value: string }[];
  private readonly mailboxes: ReadonlyMap<string, MailboxSetting>;
  private readonly reader: MailReader;
  private readonly ways = new Map<string, SmtpOut>();
  private readonly readers = new Map<string, Mailbox>();
  private readonly entrance: SmtpIn | undefined;
  private readonly listeners: Listeners;

  constructor(
    config: EmailSettings,
    private readonly host: Host,
  ) {
    this.mailboxes = new Map(config.emailMailboxes.map(mailbox => [mailbox.account, mailbox]));
    this.accounts = [...this.mailboxes.keys()];
    this.addresses = config.emailMailboxes.flatMap(addressesOf).map(value => ({ kind: 'email', value }));
    this.reader = new MailReader({
      threads: config.emailReaderThreads,
      timeoutMs: config.emailReaderSeconds * 1_000,
      memoryMb: config.emailReaderMemoryMb,
    });
    const shared = config.smtpOutUrl === undefined ? undefined : new SmtpOut({ url: config.smtpOutUrl });
    const sources = new Map<string, (signal: AbortSignal, ready: () => void) => Promise<void>>();
    for (const mailbox of config.emailMailboxes) {
      const own = mailbox.smtp ? new SmtpOut({ ...mailbox.smtp, ...this.tokens(mailbox.smtp.oauth2) }) : shared;
      if (own) this.ways.set(mailbox.account, own);
      if (!mailbox.imap) continue;
      const limits = { maxBytes: config.emailMaxBytes, pollSeconds: config.emailPollSeconds };
      const reading = new Mailbox(mailbox, mailbox.imap, this.tokens(mailbox.imap.oauth2).tokens, host, limits);
      this.readers.set(mailbox.account, reading);
      sources.set(`mailbox ${mailbox.account}`, (signal, ready) => reading.run(signal, ready));
    }
    if (config.smtpInPort !== undefined) {
      const server = new SmtpIn(
        {
          port: config.smtpInPort,
          host: config.smtpInHost,
          name: config.smtpInName,
          maxBytes: config.emailMaxBytes,
          prove: config.smtpInProof === 'ourselves' ? (raw, delivery) => this.reader.prove(raw, delivery) : undefined,
          tlsKey: config.smtpInTlsKey,
          tlsCert: config.smtpInTlsCert,
          accounts: accountsByAddress(config.emailMailboxes),
        },
        host,
      );
      this.entrance = server;
      sources.set('smtp', (signal, ready) =>
        server.run(signal, port => {
          host.log.info({ port }, 'mail is received by SMTP');
          ready();
        }),
      );
    }
    this.listeners = new Listeners(sources, host);
  }

  async read(reception: Parameters<Session['read']>[0], raw: Uint8Array): ReturnType<Session['read']> {
    const mailbox = this.mailboxes.get(reception.account);
    const { facts, blobs } = await this.reader.read(raw, {
      account: reception.account,
      addresses: mailbox ? addressesOf(mailbox) : [],
      authservIds: mailbox?.authservIds ?? [],
      certified: mailbox?.certified ?? false,
      receivedAt: reception.receivedAt,
      about: reception.about,
    });
    await Promise.all(blobs.map(({ ref, bytes }) => this.host.keep(bytes, ref.mediaType)));
    return [...facts];
  }

  async send(message: Parameters<Session['send']>[0]): Promise<SendOutcome> {
    const mailbox = this.mailboxes.get(message.account);
    const way = this.ways.get(message.account);
    if (!mailbox || !way)
      return { kind: 'refused', reason: 'configuration', detail: `nessun server di uscita per ${message.account}` };
    const { address, name, plusAddresses = true } = mailbox;
    const mail = mailOf(message, { address: normalAddress(address), name, plusAddresses });
    if ('kind' in mail) return mail;
    let whole;
    try {
      whole = await enclosed(mail, this.host);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { kind: 'refused', reason: 'unsupported_content', detail: `un allegato non è disponibile: ${detail}` };
    }
    return way.send(whole, mail.messageId.slice(1, -1));
  }

  connections(account: string): readonly Connection[] {
    const reading = this.readers.get(account);
    const way = this.ways.get(account);
    const { entrance } = this;
    return [
      ...(reading ? [{ side: 'receiving', ask: () => reading.look() } as const] : []),
      ...(!reading && entrance
        ? [{ side: 'receiving', ask: (signal: AbortSignal) => entrance.look(signal) } as const]
        : []),
      ...(way ? [{ side: 'sending', ask: () => way.look() } as const] : []),
      storageOf(this.host),
    ];
  }

  listen(signal: AbortSignal): Promise<void> {
    return this.listeners.listen(signal);
  }

  async close(): Promise<void> {
    await this.listeners.close();
    for (const way of new Set(this.ways.values())) way.close();
    this.reader.close();
  }

  private tokens(oauth2: OAuth2 | undefined): { tokens?: AccessTokens } {
    return oauth2 ? { tokens: new AccessTokens(oauth2, this.host.fetch) } : {};
  }
}
type Session = Awaited<ReturnType<Channel<EmailSettings>['connect']>>;

const addressesOf = (mailbox: MailboxSetting): string[] =>
  [mailbox.address, ...(mailbox.aliases ?? [])].map(normalAddress);

const accountsByAddress = (mailboxes: readonly MailboxSetting[]): Map<string, string> =>
  new Map(mailboxes.flatMap(mailbox => addressesOf(mailbox).map(address => [address, mailbox.account] as const)));

/** What only all settings together can tell. */
const mistakesIn = (config: EmailSettings): string[] => {
  const { emailMailboxes: mailboxes } = config;
  const mistakes: string[] = [];
  if (mailboxes.length === 0) mistakes.push('EMAIL_MAILBOXES: names no mailbox');
  const twice = (values: string[]): string[] => values.filter((value, index) => values.indexOf(value) !== index);
  for (const account of new Set(twice(mailboxes.map(mailbox => mailbox.account))))
    mistakes.push(`EMAIL_MAILBOXES: account ${account} is named twice`);
  for (const address of new Set(twice(mailboxes.flatMap(addressesOf))))
    mistakes.push(`EMAIL_MAILBOXES: address ${address} belongs to two accounts`);
  for (const { account, imap, smtp } of mailboxes) {
    if (imap && (imap.password === undefined) === (imap.oauth2 === undefined))
      mistakes.push(`EMAIL_MAILBOXES: ${account}.imap needs either password or oauth2`);
    if (smtp?.oauth2 && (smtp.password !== undefined || smtp.user === undefined))
      mistakes.push(`EMAIL_MAILBOXES: ${account}.smtp with oauth2 needs a user and no password`);
    if (!smtp && config.smtpOutUrl === undefined)
      mistakes.push(`SMTP_OUT_URL: is missing, and ${account} has no smtp of its own`);
    if (!imap && config.smtpInPort === undefined)
      mistakes.push(`SMTP_IN_PORT: is missing, and ${account} has no imap: it would never hear anything`);
  }
  if ((config.smtpInTlsKey === undefined) !== (config.smtpInTlsCert === undefined))
    mistakes.push('SMTP_IN_TLS_KEY, SMTP_IN_TLS_CERT: one needs the other');
  return mistakes;
};
