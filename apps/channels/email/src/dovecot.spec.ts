import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openChannel, type OpenChannel } from '@filodiretto/channel-kit/testing';
import { ImapFlow } from 'imapflow';
import { email } from './channel.js';

/** A real IMAP server, where it is installed and we may start it (it changes user: root only). */
const DOVECOT = '/usr/sbin/dovecot';
const missing = !existsSync(DOVECOT)
  ? 'dovecot-imapd is not installed'
  : process.getuid?.() !== 0
    ? 'dovecot is started by root only'
    : undefined;
const described = missing === undefined ? describe : describe.skip;
const NOBODY = 65_534;
jest.setTimeout(120_000);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const configuration = (folder: string, port: number): string => `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=segreto
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;

/** How the channel last broke off listening: it begins again. */
let broke: unknown;
const until = async (fits: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (const end = Date.now() + 50_000; Date.now() < end;) {
    if (await fits()) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error(`it never happened that ${what}; listening last broke off with: ${String(broke)}`);
};

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const mail = (id: string): string =>
  `From: anna@posta.example\r\nTo: urp@comune.example.it\r\nSubject: ${id}\r\nMessage-ID: <${id}@posta.example>\r\n\r\nBuongiorno\r\n`;

described(`a mailbox of Dovecot${missing === undefined ? '' : ` — skipped: ${missing}`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-dovecot-'));
  let port = 0;
  let dovecot: ChildProcess;
  let channel: OpenChannel;
  let abort: AbortController;
  let listening: Promise<void>;

  const put = async (id: string): Promise<void> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      auth: { user: 'urp', pass: 'segreto' },
      logger: false,
    });
    await client.connect();
    await client.append('INBOX', mail(id));
    await client.logout();
  };
  const titles = (): string[] => channel.host.messages.map(one => one.subject ?? '');

  const start = async (): Promise<void> => {
    dovecot = spawn(DOVECOT, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
    await until(() => answers(port), 'dovecot answered');
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise(resolve => dovecot.once('exit', resolve));
    dovecot.kill('SIGTERM');
    await ended;
  };

  beforeAll(async () => {
    port = await freePort();
    mkdirSync(join(folder, 'mail'));
    writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port));
    for (const path of [folder, join(folder, 'mail')]) chownSync(path, NOBODY, NOBODY);
    await start();
    channel = await openChannel(email, {
      EMAIL_MAILBOXES: JSON.stringify([
        {
          account: 'urp',
          address: 'urp@comune.example.it',
          imap: { host: '127.0.0.1', port, secure: false, user: 'urp', password: 'segreto' },
        },
      ]),
      SMTP_OUT_URL: 'smtp://127.0.0.1:9',
    });
    abort = new AbortController();
    listening = (async () => {
      while (!abort.signal.aborted) {
        await channel.session.listen?.(abort.signal).catch((fault: unknown) => {
          broke = fault;
        });
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    })();
  });
  afterAll(async () => {
    abort?.abort();
    await listening;
    await channel?.session.close?.();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives what arrives while it idles', async () => {
    await put('primo');
    await until(() => titles().includes('primo'), 'the first was read');
    await put('secondo');
    await until(() => titles().includes('secondo'), 'the second was read');
    expect(titles()).toEqual(['primo', 'secondo']);
  });

  it('is read again after the server stopped and lost its numbers, and no mail doubles', async () => {
    await stop();
    const maildir = join(folder, 'mail', 'urp');
    for (const name of readdirSync(maildir).filter(one => one.startsWith('dovecot')))
      rmSync(join(maildir, name), { recursive: true });
    await start();
    await put('terzo');
    await until(() => titles().includes('terzo'), 'the third was read');
    expect(new Set(channel.host.messages.map(one => one.id)).size).toBe(3);
  });
});
