import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { openChannel, type OpenChannel } from '@filodiretto/channel-kit/testing';
import { startImapServer, type ImapServer } from '@filodiretto/simulators';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { email } from './channel.js';

const mail = (id: string, body = 'Buongiorno'): Uint8Array =>
  Buffer.from(
    `From: anna@posta.example\r\nTo: urp@comune.example.it\r\nSubject: ${id}\r\nMessage-ID: <${id}@posta.example>\r\n\r\n${body}\r\n`,
  );

const mailbox = (server: ImapServer, imap: object = {}, account = 'urp'): object => ({
  account,
  address: `${account}@comune.example.it`,
  imap: { host: server.host, port: server.port, secure: false, user: 'urp', password: 'segreto', ...imap },
});

jest.setTimeout(60_000);

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const imapServer = async (options = {}): Promise<ImapServer> => {
  const server = await startImapServer(options);
  opened.push(server);
  return server;
};

const open = async (mailboxes: object[], env: Record<string, string> = {}): Promise<OpenChannel> =>
  openChannel(email, {
    EMAIL_MAILBOXES: JSON.stringify(mailboxes),
    SMTP_OUT_URL: 'smtp://127.0.0.1:9',
    EMAIL_READER_THREADS: '1',
    ...env,
  });

/** Listens as the runtime does, until the test ends. */
const listening = (channel: OpenChannel): { readonly rejections: string[]; stop(): Promise<void> } => {
  const abort = new AbortController();
  const rejections: string[] = [];
  const loop = (async () => {
    while (!abort.signal.aborted) {
      try {
        await channel.session.listen?.(abort.signal);
      } catch (error) {
        rejections.push(error instanceof Error ? error.message : String(error));
        channel.host.trouble(rejections.at(-1));
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
  })();
  const stop = async (): Promise<void> => {
    abort.abort();
    await loop;
    await channel.session.close?.();
  };
  opened.push({ close: stop });
  return { rejections, stop };
};

const until = async (fits: () => boolean, what: string): Promise<void> => {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (fits()) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`it never happened that ${what}`);
};
const titles = ({ host }: OpenChannel): string[] => host.messages.map(one => one.subject ?? '');
const ids = ({ host }: OpenChannel): Set<string> => new Set(host.messages.map(one => one.id));

describe('a mailbox', () => {
  it('gives what was waiting in order, then what arrives while it idles', async () => {
    const server = await imapServer();
    server.append(mail('primo'));
    server.append(mail('secondo'));
    const channel = await open([mailbox(server)]);
    listening(channel);
    await until(() => channel.host.messages.length === 2, 'the waiting mails were read');
    server.append(mail('terzo'));
    await until(() => channel.host.messages.length === 3, 'the new mail was noticed');
    expect(titles(channel)).toEqual(['primo', 'secondo', 'terzo']);
    expect(server.mails().map(one => [...one.flags])).toEqual([[], [], []]);
  });

  it('moves its cursor only after the house holds the mail', async () => {
    const server = await imapServer();
    const channel = await open([mailbox(server)]);
    channel.host.breaks = 'keep';
    server.append(mail('fragile'));
    const { rejections } = listening(channel);
    await until(() => channel.host.refused > 1, 'the house refused twice');
    expect(channel.host.messages).toEqual([]);
    channel.host.breaks = undefined;
    await until(() => channel.host.messages.length === 1, 'the mail came again');
    expect(rejections.length).toBeGreaterThan(0);
    expect(ids(channel).size).toBe(1);
  });

  it('reads nothing twice after a restart, and what came in the meantime', async () => {
    const server = await imapServer();
    server.append(mail('vecchio'));
    const channel = await open([mailbox(server)]);
    const abort = new AbortController();
    const first = channel.session.listen?.(abort.signal);
    await until(() => channel.host.messages.length === 1, 'the first was read');
    abort.abort();
    await first;
    server.append(mail('durante il guasto'));
    const again = await email.connect(configOf([mailbox(server)]), channel.host);
    listening({ host: channel.host, session: again });
    await until(() => channel.host.messages.length === 2, 'the second was read');
    expect(titles(channel)).toEqual(['vecchio', 'durante il guasto']);
    await channel.session.close?.();
  });

  it('comes again when the connection breaks in the middle of a mail, and the mail is whole', async () => {
    const server = await imapServer();
    server.append(mail('spezzato', 'x'.repeat(50_000)));
    server.cutNextFetch(10_000);
    const channel = await open([mailbox(server)]);
    const { rejections } = listening(channel);
    await until(() => channel.host.messages.length === 1, 'the mail was read');
    expect(rejections).toHaveLength(1);
    expect(channel.host.receptions[0]?.raw.size).toBeGreaterThan(50_000);
    await until(() => channel.host.troubledBy === undefined, 'the trouble was over');
  });

  it('reads again when UIDs change their meaning, and every mail keeps its id', async () => {
    const server = await imapServer();
    server.append(mail('uno'));
    server.append(mail('due'));
    const channel = await open([mailbox(server)]);
    listening(channel);
    await until(() => channel.host.messages.length === 2, 'both were read');
    server.append(mail('tre'));
    await until(() => channel.host.messages.length === 3, 'the third was read');
    server.remove(1);
    server.renumber();
    server.append(mail('quattro'));
    await until(() => titles(channel).includes('quattro'), 'the new one was read under the new numbers');
    expect(ids(channel).size).toBe(4);
  });

  it('rescans only the last two days when UIDs change their meaning', async () => {
    const server = await imapServer();
    const days = (count: number): Date => new Date(Date.now() - count * 86_400_000);
    server.append(mail('di un mese fa'), days(30));
    server.append(mail('di ieri'), days(1));
    const channel = await open([mailbox(server)]);
    listening(channel);
    await until(() => channel.host.messages.length === 2, 'both were read');
    server.renumber();
    await until(() => channel.host.messages.length === 3, 'the recent one was read again');
    server.append(mail('nuovo'));
    await until(() => titles(channel).includes('nuovo'), 'the new one was read');
    expect(titles(channel)).toEqual(['di un mese fa', 'di ieri', 'di ieri', 'nuovo']);
  });

  it('takes the headers only of a mail over the limit, and says so', async () => {
    const server = await imapServer();
    server.append(mail('enorme', 'x'.repeat(30_000)));
    server.append(mail('piccolo'));
    const channel = await open([mailbox(server)], { EMAIL_MAX_BYTES: '20000' });
    listening(channel);
    await until(() => channel.host.messages.length === 2, 'both were read');
    const [large] = channel.host.messages;
    expect(large?.flags).toEqual({ incomplete: true });
    expect(large?.content.at(-1)).toMatchObject({ type: 'system', code: 'too_large' });
    expect(channel.host.receptions[0]?.raw.size).toBeLessThan(1_000);
    expect(server.commands.filter(command => command.includes('BODY.PEEK[]'))).toHaveLength(1);
  });

  it('leaves alone what arrived before the day it was told', async () => {
    const server = await imapServer();
    server.append(mail('antico'), new Date('2020-05-01T10:00:00Z'));
    server.append(mail('recente'), new Date('2026-01-10T10:00:00Z'));
    const channel = await open([mailbox(server, { since: '2026-01-01T00:00:00Z' })]);
    listening(channel);
    await until(() => channel.host.messages.length > 0, 'something was read');
    server.append(mail('ultimo'));
    await until(() => titles(channel).includes('ultimo'), 'the last was read');
    expect(titles(channel)).toEqual(['recente', 'ultimo']);
  });

  it('moves and marks what is held, when it is told to', async () => {
    const server = await imapServer();
    server.append(mail('da archiviare'));
    const channel = await open([mailbox(server, { markSeen: true, moveTo: 'Archivio' })]);
    listening(channel);
    await until(() => server.mails('Archivio').length === 1, 'the mail was moved');
    expect([...(server.mails('Archivio')[0]?.flags ?? [])]).toEqual(['\\Seen']);
    expect(server.mails()).toHaveLength(0);
    expect(channel.host.messages).toHaveLength(1);
  });

  it('with wrong credentials says so, and does not disturb the other mailbox', async () => {
    const [locked, free] = [await imapServer({ password: 'altro' }), await imapServer()];
    const channel = await open([mailbox(locked, {}, 'tributi'), mailbox(free)]);
    const { rejections } = listening(channel);
    await until(() => rejections.length >= 3, 'the locked one was tried three times');
    expect(rejections[0]).toMatch(/^mailbox tributi .*refuses the credentials: Invalid credentials/);
    expect(channel.host.troubledBy).toMatch(/tributi/);
    free.append(mail('passa'));
    await until(() => channel.host.messages.length === 1, 'the other was read');
    expect(free.connections).toBe(1);
  });

  it('shows an access token instead of a password, and asks for a new one when it is refused', async () => {
    let given = 0;
    const tokens = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        given += 1;
        const good = new URLSearchParams(body).get('client_secret') === 'cs';
        response.writeHead(good ? 200 : 401, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            good ? { access_token: given === 1 ? 'scaduto' : 'buono', expires_in: 3600 } : { error: 'invalid_client' },
          ),
        );
      });
    });
    await new Promise<void>(resolve => tokens.listen(0, '127.0.0.1', resolve));
    opened.push({ close: () => new Promise(resolve => tokens.close(resolve)) });
    const server = await imapServer({ accessToken: 'buono' });
    server.append(mail('con OAuth2'));
    const oauth2 = {
      tokenUrl: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`,
      clientId: 'c',
      clientSecret: 'cs',
    };
    const channel = await open([mailbox(server, { password: undefined, oauth2 })]);
    const { rejections } = listening(channel);
    await until(() => channel.host.messages.length === 1, 'the mail was read');
    expect(given).toBe(2);
    expect(rejections.join(' ')).not.toContain('scaduto');
  });
});

const configOf = (mailboxes: object[]): Parameters<typeof email.connect>[0] =>
  Object.assign(new email.config(), {
    emailMailboxes: mailboxes,
    smtpOutUrl: 'smtp://127.0.0.1:9',
    emailMaxBytes: 1_000_000,
    emailPollSeconds: 60,
    emailReaderThreads: 1,
    emailReaderSeconds: 20,
    emailReaderMemoryMb: 512,
  });
