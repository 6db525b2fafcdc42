import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EICAR, zipOf } from '@filodiretto/simulators';
import { createLogger } from '../log.js';
import { scannerOf } from './clamd.js';

/** A real clamd, where it is installed. Its lists are ours: the words that every scanner is tried with, and words of our own. */
const CLAMD = ['/usr/sbin/clamd', '/usr/bin/clamd', '/usr/local/sbin/clamd'].find(existsSync);
const described = CLAMD === undefined ? describe.skip : describe;
const OWN = 'words that this list alone takes for a virus';
const LONGEST = 1_048_576;
jest.setTimeout(120_000);

const hex = (words: string): string => Buffer.from(words).toString('hex');
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write('zPING\0'));
    socket.once('data', said => {
      socket.destroy();
      resolve(said.toString().startsWith('PONG'));
    });
    socket.once('error', () => resolve(false));
  });
const until = async (fits: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 50)))
    if (await fits()) return;
  throw new Error('clamd does not answer');
};

described('the virus check by a real clamd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-clamd-'));
  const log = createLogger('spec', 'silent');
  let port: number;
  let clamd: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    clamd = spawn(CLAMD ?? '', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
    await until(() => answers(port));
  };
  const stop = async (): Promise<void> => {
    const going = clamd;
    clamd = undefined;
    if (!going || going.exitCode !== null) return;
    const gone = new Promise(resolve => going.once('exit', resolve));
    going.kill('SIGKILL');
    await gone;
  };
  const scan = (bytes: Uint8Array, timeoutMs = 60_000) =>
    scannerOf({ clamavHost: '127.0.0.1', clamavPort: port, timeoutMs }, log)?.(bytes);

  beforeAll(async () => {
    port = await freePort();
    mkdirSync(join(folder, 'lists'));
    writeFileSync(join(folder, 'lists', 'own.ndb'), `Own.Eicar:0:*:${hex(EICAR)}\nOwn.Words:0:*:${hex(OWN)}\n`);
    writeFileSync(
      join(folder, 'clamd.conf'),
      [
        `DatabaseDirectory ${join(folder, 'lists')}`,
        `TemporaryDirectory ${folder}`,
        `TCPSocket ${port}`,
        'TCPAddr 127.0.0.1',
        'Foreground yes',
        `StreamMaxLength ${LONGEST}`,
        'MaxFileSize 100K',
        'AlertExceedsMax yes',
        '',
      ].join('\n'),
    );
    await start();
  });
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('passes what is clean, and finds what its lists have: plain, packed, and in a mail', async () => {
    expect(await scan(Buffer.from('parole'))).toBe('clean');
    expect(await scan(Buffer.alloc(0))).toBe('clean');
    for (const virus of [EICAR, OWN]) {
      expect(await scan(Buffer.from(virus))).toBe('infected');
      expect(await scan(zipOf([{ name: 'a.txt', bytes: Buffer.from(virus) }]))).toBe('infected');
      const mail = [
        'From: anna@posta.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: application/octet-stream; name=a.bin',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(virus).toString('base64'),
        '--x--',
        '',
      ].join('\r\n');
      expect(await scan(Buffer.from(mail))).toBe('infected');
    }
  });

  it('holds what is longer than it takes, also when it hangs up while it is told', async () => {
    for (const length of [LONGEST + 1, 3_000_000, 30_000_000]) {
      // It may hang up before its answer is read: then nothing is known of the file, and it is asked again.
      const said = await scan(Buffer.alloc(length, 'a'));
      expect(['error', 'pending']).toContain(said);
    }
    let said: unknown;
    await until(async () => (said = await scan(Buffer.alloc(30_000_000, 'a'))) === 'error');
    expect(said).toBe('error');
  });

  it('holds what it looks into only in part, as long as it is told to say so', async () => {
    expect(await scan(Buffer.concat([Buffer.alloc(500_000, 'a'), Buffer.from(OWN)]))).toBe('infected');
    expect(await scan(Buffer.alloc(500_000, 'a'))).toBe('infected');
  });

  it('holds what it did not answer about in time, or when it was stopped in the middle, and sees it when it is back', async () => {
    const file = Buffer.concat([Buffer.alloc(50_000, 'a'), Buffer.from(OWN)]);
    clamd?.kill('SIGSTOP');
    expect(await scan(file, 500)).toBe('pending');
    const waiting = scan(file);
    await new Promise(resolve => setTimeout(resolve, 100));
    await stop();
    expect(await waiting).toBe('pending');
    expect(await scan(file)).toBe('pending');
    await start();
    expect(await scan(file)).toBe('infected');
  });
});
