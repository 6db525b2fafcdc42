import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Address } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** A mail as the citizen's mail program shows it. */
export interface ReceivedMail {
  readonly id: string;
  readonly at: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly filename: string; readonly mediaType: string; readonly size: number }[];
}

/** What the server does instead of accepting. */
export interface MailFault {
  /** At which point: when the sender is named, the recipient, or after the mail has come whole. */
  readonly stage: 'mail' | 'rcpt' | 'data' | 'accepted';
  /** Answer; absent: no answer at all, the connection stays silent. At `accepted` the mail is kept all the same. */
  readonly code?: number;
  readonly message?: string;
  /** Closes the connection instead of staying silent. */
  readonly hangUp?: boolean;
  /** Only for this recipient. */
  readonly recipient?: string;
  /** How often; for ever unless told. */
  readonly times?: number;
}

interface Kept {
  readonly mail: ReceivedMail;
  readonly raw: Buffer;
}

/** The citizens' mail server: keeps what it is given, or misbehaves as it is told. */
export class Inbox {
  private readonly kept: Kept[] = [];
  private faults: { fault: MailFault; left: number }[] = [];
  private readonly server: SMTPServer;
  private readonly silent = new Set<() => void>();

  constructor() {
    this.server = new SMTPServer({
      name: 'mail.example',
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'citizen' }),
      disableReverseLookup: true,
      size: 50_000_000,
      closeTimeout: 500,
      onMailFrom: (_address, session, done) => this.answer('mail', session, undefined, done),
      onRcptTo: (address, session, done) => this.answer('rcpt', session, address.address, done),
      onData: (stream, session, done) => {
        this.take(stream, session, done).catch((error: unknown) =>
          done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    this.server.on('error', () => undefined);
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(port, host, () => resolve((this.server.server.address() as AddressInfo).port));
    });
  }

  /** Newest last; all, or those for one recipient. */
  mails(recipient?: string): ReceivedMail[] {
    const wanted = recipient?.toLowerCase();
    return this.kept
      .filter(({ mail }) => wanted === undefined || mail.envelope.to.some(to => to.toLowerCase() === wanted))
      .map(({ mail }) => mail);
  }
  raw(id: string): Buffer | undefined {
    return this.kept.find(({ mail }) => mail.id === id)?.raw;
  }
  misbehave(fault: MailFault): void {
    this.faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }
  behave(): void {
    this.faults = [];
  }
  forget(): void {
    this.kept.length = 0;
  }
  async close(): Promise<void> {
    for (const release of this.silent) release();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
  }

  private fault(stage: MailFault['stage'], recipients: readonly string[]): MailFault | undefined {
    const found = this.faults.find(
      ({ fault, left }) =>
        left > 0 &&
        fault.stage === stage &&
        (fault.recipient === undefined || recipients.includes(fault.recipient.toLowerCase())),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }

  private answer(
    stage: MailFault['stage'],
    session: SMTPServerSession,
    recipient: string | undefined,
    done: (error?: Error | null, words?: string) => void,
  ): void {
    const recipients = [...session.envelope.rcptTo.map(to => to.address), ...(recipient ? [recipient] : [])];
    const fault = this.fault(
      stage,
      recipients.map(one => one.toLowerCase()),
    );
    if (!fault) return done(null);
    if (fault.code !== undefined)
      return done(Object.assign(new Error(fault.message ?? 'refused as told'), { responseCode: fault.code }));
    const release = (): void => {
      this.silent.delete(release);
      done(Object.assign(new Error('closing'), { responseCode: 421 }));
    };
    this.silent.add(release);
    if (fault.hangUp) this.hangUp(session);
  }

  private hangUp(session: SMTPServerSession): void {
    for (const connection of this.server.connections) if (connection.session.id === session.id) connection.close();
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null, words?: string) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const recipients = session.envelope.rcptTo.map(to => to.address.toLowerCase());
    const refused = this.faults.some(
      ({ fault, left }) =>
        left > 0 &&
        fault.stage === 'data' &&
        (fault.recipient === undefined || recipients.includes(fault.recipient.toLowerCase())),
    );
    if (refused) return this.answer('data', session, undefined, done);
    this.kept.push({ mail: await shown(raw, session), raw });
    this.answer('accepted', session, undefined, (error, words) => done(error, words ?? `OK queued as ${randomUUID()}`));
  }
}

const shown = async (raw: Buffer, session: SMTPServerSession): Promise<ReceivedMail> => {
  const email = await PostalMime.parse(raw);
  const header = (name: string): string => email.headers.find(one => one.key === name)?.value ?? '';
  const named = (address: Address | undefined): string =>
    address?.address === undefined ? '' : address.name ? `${address.name} <${address.address}>` : address.address;
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    envelope: {
      from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
      to: session.envelope.rcptTo.map(to => to.address),
    },
    from: named(email.from),
    to: (email.to ?? []).map(named),
    replyTo: (email.replyTo ?? []).map(named),
    subject: email.subject ?? '',
    messageId: email.messageId ?? '',
    inReplyTo: email.inReplyTo ?? '',
    references: email.references ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    headers: Object.fromEntries(email.headers.map(({ key }) => [key, header(key)])),
    attachments: email.attachments.map(file => ({
      filename: file.filename ?? '',
      mediaType: file.mimeType,
      size: typeof file.content === 'string' ? file.content.length : file.content.byteLength,
    })),
  };
};
