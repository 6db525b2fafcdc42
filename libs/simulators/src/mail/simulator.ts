import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inbox, type MailFault, type ReceivedMail } from './inbox.js';
import { sendMail, type CitizenMail, type Handed } from './outbox.js';

export interface MailSimulatorOptions {
  /** Port of the citizens' mail server; any free one unless told. */
  readonly smtpPort?: number;
  /** Port of the control API; any free one unless told. */
  readonly httpPort?: number;
  readonly host?: string;
  /** Where `send` hands mails over unless told: the channel's SMTP entrance. */
  readonly channelSmtpUrl?: string;
}

/** The citizens' mail server, with knobs. */
export interface MailSimulator {
  /** Control API. */
  readonly url: string;
  /** What the channel sends through. */
  readonly smtpUrl: string;
  mails(recipient?: string): ReceivedMail[];
  raw(id: string): Buffer | undefined;
  /** Resolves with the first mail for the recipient that fits, now or later; rejects after the time. */
  waitFor(recipient: string, fits?: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>;
  misbehave(fault: MailFault): void;
  behave(): void;
  forget(): void;
  send(mail: CitizenMail): Promise<Handed>;
  close(): Promise<void>;
}

/**
 * Starts the citizens' mail server and its control API:
 * `GET /_control/mails?to=` · `GET /_control/mails/<id>/raw` · `DELETE /_control/mails` · `POST /_control/faults` (a
 * `MailFault`) · `DELETE /_control/faults` · `POST /_control/send` (a `CitizenMail`, with `smtpUrl` if it is another).
 */
export async function startMailSimulator(options: MailSimulatorOptions = {}): Promise<MailSimulator> {
  const host = options.host ?? '127.0.0.1';
  const inbox = new Inbox();
  const smtpPort = await inbox.listen(options.smtpPort ?? 0, host);
  const send = (mail: CitizenMail & { readonly smtpUrl?: string }): Promise<Handed> => {
    const smtpUrl = mail.smtpUrl ?? options.channelSmtpUrl;
    return smtpUrl === undefined
      ? Promise.reject(new Error('no SMTP server to send to is known'))
      : sendMail(smtpUrl, mail);
  };
  const server = createServer((request, response) => {
    answer(request, inbox, send).then(
      ([status, body]) => reply(response, status, body),
      (error: unknown) => reply(response, 502, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
  const url = await listening(server, options.httpPort ?? 0, host);
  return {
    url,
    smtpUrl: `smtp://${host}:${smtpPort}`,
    mails: recipient => inbox.mails(recipient),
    raw: id => inbox.raw(id),
    waitFor: async (recipient, fits = () => true, timeoutMs = 10_000) => {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const found = inbox.mails(recipient).find(fits);
        if (found) return found;
        if (Date.now() > until) throw new Error(`no such mail for ${recipient} within ${timeoutMs} ms`);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    },
    misbehave: fault => inbox.misbehave(fault),
    behave: () => inbox.behave(),
    forget: () => inbox.forget(),
    send,
    close: async () => {
      await Promise.all([inbox.close(), new Promise(resolve => server.close(resolve))]);
    },
  };
}

const listening = (server: Server, port: number, host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`));
  });

type Answer = readonly [status: number, body?: unknown];

const answer = async (
  request: IncomingMessage,
  inbox: Inbox,
  send: (mail: CitizenMail) => Promise<Handed>,
): Promise<Answer> => {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const route = `${request.method ?? 'GET'} ${url.pathname}`;
  const raw = /^GET \/_control\/mails\/([0-9a-f-]+)\/raw$/.exec(route)?.[1];
  if (raw !== undefined) {
    const bytes = inbox.raw(raw);
    return bytes ? [200, bytes] : [404, { error: 'no such mail' }];
  }
  switch (route) {
    case 'GET /_control/mails':
      return [200, inbox.mails(url.searchParams.get('to') ?? undefined)];
    case 'DELETE /_control/mails':
      inbox.forget();
      return [204];
    case 'POST /_control/faults':
      inbox.misbehave((await body(request)) as MailFault);
      return [204];
    case 'DELETE /_control/faults':
      inbox.behave();
      return [204];
    case 'POST /_control/send':
      return [200, await send((await body(request)) as CitizenMail)];
    default:
      return [404, { error: `unknown: ${route}` }];
  }
};

const body = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

const reply = (response: ServerResponse, status: number, content?: unknown): void => {
  if (Buffer.isBuffer(content)) {
    response.writeHead(status, { 'content-type': 'message/rfc822' }).end(content);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(content === undefined ? undefined : JSON.stringify(content));
};
