import type { Readable } from 'node:stream';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js';
import { NotConnected, type SendOutcome } from '@filodiretto/channel-kit';
import type { AccessTokens } from './oauth2.js';

export interface SmtpOutOptions {
  /** smtp[s]://[user:password@]host:port */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly tokens?: AccessTokens;
}

/** Less than the kit waits for one answer. */
const LOOK_MS = 7_000;

interface SmtpError {
  readonly message: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly command?: string;
}

/**
 * The way out of one mail server. Every answer of the server is certain: 2xx accepted, 5xx refused with its reason, 4xx
 * and "not reached" refused as `rate_limited`, which the runtime tries again. Only silence after the mail began to
 * leave is unknown, and throws.
 */
export class SmtpOut {
  private readonly host: string;
  private readonly looking: Transporter;
  private readonly transport: Transporter<SMTPPool.SentMessageInfo>;
  private readonly leaving = new Map<string, Readable>();

  constructor(options: SmtpOutOptions) {
    const url = new URL(options.url);
    const secure = url.protocol === 'smtps:';
    const user = options.user ?? decodeURIComponent(url.username);
    const pass = options.password ?? decodeURIComponent(url.password);
    this.host = url.host;
    const server = {
      host: url.hostname,
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(options.tokens ? { auth: { type: 'OAuth2' as const, user } } : user ? { auth: { user, pass } } : {}),
    };
    this.transport = createTransport({
      ...server,
      pool: true,
      maxConnections: 4,
      maxMessages: 100,
      // together less than the minute after which the runtime gives up
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    } satisfies SMTPPool.Options as SMTPPool.Options);
    this.looking = createTransport({
      ...server,
      connectionTimeout: LOOK_MS,
      greetingTimeout: LOOK_MS,
      socketTimeout: LOOK_MS,
    } satisfies SMTPTransport.Options as SMTPTransport.Options);
    for (const transport of [this.transport, this.looking])
      transport.set('oauth2_provision_cb', (_user, renew, done) => {
        if (renew) options.tokens?.forget();
        options.tokens?.token().then(
          token => done(null, token),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    this.transport.use('stream', (mail, done) => {
      const { message } = mail;
      const messageId = message.messageId();
      const open = message.createReadStream.bind(message);
      message.createReadStream = streamOptions => {
        const stream = open(streamOptions);
        this.leaving.set(messageId, stream);
        return stream;
      };
      done();
    });
  }

  /** One attempt. `messageId` is the mail's own id without brackets: the external id when the server accepts it. */
  async send(mail: SendMailOptions, messageId: string): Promise<SendOutcome> {
    try {
      const { response } = await this.transport.sendMail(mail);
      return { kind: 'accepted', externalId: messageId, detail: response.slice(0, 500) };
    } catch (error) {
      const certain = outcomeOf(error as SmtpError, this.leaving.get(`<${messageId}>`)?.readableDidRead ?? false);
      if (certain) return certain;
      throw error;
    } finally {
      this.leaving.delete(`<${messageId}>`);
    }
  }

  /** Greets the server and logs in, on a connection of its own; nothing is sent. Throws `NotConnected` when it says no. */
  async look(): Promise<string> {
    try {
      await this.looking.verify();
      return this.host;
    } catch (error) {
      const { code, responseCode, response, message } = error as SmtpError;
      const words = response ?? message;
      if (code === 'EAUTH' || responseCode === 530 || responseCode === 535)
        throw new NotConnected('unauthorized', words);
      if (responseCode !== undefined) throw new NotConnected('refused', words);
      if (/\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/.test(message))
        throw new NotConnected('unreachable', message);
      throw error;
    }
  }

  close(): void {
    this.looking.close();
    this.transport.close();
  }
}

/** What an error of the mailer proves; `undefined` when it proves nothing: the mail had begun to leave. */
export const outcomeOf = (error: SmtpError, begunToLeave: boolean): SendOutcome | undefined => {
  const { code, responseCode, command } = error;
  const words = (error.response ?? error.message).replace(/\s+/g, ' ').trim().slice(0, 1_000);
  const refused = (reason: Extract<SendOutcome, { kind: 'refused' }>['reason']): SendOutcome => ({
    kind: 'refused',
    reason,
    detail: command && responseCode ? `${words} (${command})` : words,
  });
  if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) return refused('unauthorized');
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500) return refused('rate_limited');
  if (responseCode !== undefined && responseCode >= 500) return refused(reasonFor(words, responseCode, command));
  if (begunToLeave) return undefined;
  if (code === 'EENVELOPE') return refused('invalid_recipient');
  if (code === 'EMESSAGE') return refused('too_long');
  if (code === 'ECONFIG' || code === 'ETLS') return refused('configuration');
  return refused('rate_limited');
};

const reasonFor = (words: string, responseCode: number, command: string | undefined) => {
  const status = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(words);
  if (status?.[1] === '1') return 'invalid_recipient' as const;
  if (status?.[0] === '5.3.4' || status?.[0] === '5.2.3' || responseCode === 552) return 'too_long' as const;
  if (status?.[1] === '7' || responseCode === 554) return 'policy' as const;
  return command === 'RCPT TO' ? ('invalid_recipient' as const) : ('undeliverable' as const);
};
