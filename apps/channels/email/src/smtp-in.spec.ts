import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openChannel, type OpenChannel } from '@filodiretto/channel-kit/testing';
import { sendMail } from '@filodiretto/simulators';
import { email } from './channel.js';

jest.setTimeout(60_000);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('mail that comes directly', () => {
  let channel: OpenChannel;
  let url: string;
  let abort: AbortController;
  let listening: Promise<void> | undefined;

  beforeEach(async () => {
    const port = await freePort();
    url = `smtp://127.0.0.1:${port}`;
    channel = await openChannel(email, {
      EMAIL_MAILBOXES: JSON.stringify([
        { account: 'urp', address: 'URP@Comune.example.it', aliases: ['info@comune.example.it'] },
        { account: 'tributi', address: 'tributi@comune.example.it' },
      ]),
      SMTP_OUT_URL: 'smtp://127.0.0.1:9',
      SMTP_IN_PORT: String(port),
      EMAIL_MAX_BYTES: '50000',
    });
    abort = new AbortController();
    listening = channel.session.listen?.(abort.signal);
  });
  afterEach(async () => {
    abort.abort();
    await listening;
    await channel.session.close?.();
  });

  const send = async (to: string, more: Partial<Parameters<typeof sendMail>[1]> = {}): Promise<string> => {
    for (let left = 50; ; left -= 1) {
      try {
        return (await sendMail(url, { from: 'anna@posta.example', to, subject: 'Prova', text: 'Buongiorno', ...more }))
          .response;
      } catch (error) {
        if (left === 0 || (error as { code?: string }).code !== 'ESOCKET') throw error;
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    }
  };

  it('belongs to the account of its address, plus or not, alias or not', async () => {
    await send('urp@comune.example.it');
    await send('info+c-1@comune.example.it');
    await send('tributi@comune.example.it');
    expect(channel.host.messages.map(one => one.account)).toEqual(['urp', 'urp', 'tributi']);
    expect(channel.host.messages[1]?.thread?.tokens).toEqual(['c-1']);
  });

  it('to an address not served is refused with 550: nothing is relayed', async () => {
    await expect(send('qualcuno@altrove.example')).rejects.toMatchObject({ responseCode: 550 });
    expect(channel.host.receptions).toHaveLength(0);
  });

  it('is answered 250 only when the house holds it, else 451', async () => {
    channel.host.breaks = 'publish';
    await expect(send('urp@comune.example.it')).rejects.toMatchObject({ responseCode: 451 });
    expect(channel.host.messages).toHaveLength(0);
    channel.host.breaks = undefined;
    expect(await send('urp@comune.example.it')).toMatch(/^250/);
    expect(channel.host.messages).toHaveLength(1);
  });

  it('over the limit is refused with 552', async () => {
    await expect(send('urp@comune.example.it', { text: 'x'.repeat(60_000) })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(channel.host.receptions).toHaveLength(0);
  });

  it('from nobody (<>) is taken: bounces come so', async () => {
    await send('urp@comune.example.it', {
      envelopeFrom: '',
      from: 'MAILER-DAEMON@posta.example',
      subject: 'Undelivered Mail',
    });
    expect(channel.host.messages[0]?.flags).toEqual({ automatic: 'bounce' });
  });

  it('without an id, ten times, is ten messages', async () => {
    for (let index = 0; index < 10; index += 1) {
      const raw = `From: anna@posta.example\r\nTo: urp@comune.example.it\r\nSubject: Senza\r\n\r\nMessaggio ${index}\r\n`;
      await send('urp@comune.example.it', { rawBase64: Buffer.from(raw).toString('base64') });
    }
    expect(new Set(channel.host.messages.map(one => one.id)).size).toBe(10);
    expect(new Set(channel.host.messages.map(one => one.conversation)).size).toBe(10);
  });
});
