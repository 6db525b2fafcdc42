import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { MailReader } from './reader.js';
import type { Delivered } from './delivered.js';
import { receive } from './receive.js';

jest.setTimeout(60_000);
const delivered: Delivered = {
  account: 'urp',
  addresses: ['urp@comune.example.it'],
  authservIds: [],
  certified: false,
  receivedAt: '2026-01-15T12:00:00.000Z',
  about: {},
};
const mail = (headers: string, body: string): Buffer =>
  Buffer.from(`From: anna@posta.example\r\nSubject: Prova\r\nMessage-ID: <r1@posta.example>\r\n${headers}\r\n${body}`);

describe('a reading thread', () => {
  const reader = new MailReader({ threads: 1, timeoutMs: 20_000, memoryMb: 256 });
  afterAll(() => reader.close());

  it('reads what the same function reads without it', async () => {
    const raw = mail('Content-Type: text/plain; charset=utf-8\r\n', 'Perché no?');
    const [inThread, here] = [await reader.read(raw, delivered), await receive(raw, delivered)];
    expect(inThread).toEqual(here);
  });

  it('parks what holds no mail, with the reason', async () => {
    await expect(reader.read(new Uint8Array(), delivered)).rejects.toThrow('0 bytes');
  });

  it('leaves a mail that takes too long, and reads the next', async () => {
    const hasty = new MailReader({ threads: 1, timeoutMs: 1, memoryMb: 255 });
    try {
      await expect(hasty.read(mail('', 'x'.repeat(1_000_000)), delivered)).rejects.toThrow('cannot be read within');
    } finally {
      hasty.close();
    }
    expect((await reader.read(mail('', 'Buongiorno'), delivered)).facts).toHaveLength(1);
  });
});

describe('a hostile mail', () => {
  it.each([
    { what: 'multiparts nested a thousand deep', raw: nested(1_000) },
    { what: 'a header of five megabytes', raw: mail(`X-Long: ${'a'.repeat(5_000_000)}\r\n`, 'Il testo resta.') },
    { what: 'a hundred thousand headers', raw: mail('X-Many: a\r\n'.repeat(100_000), 'Il testo resta.') },
    {
      what: 'bytes of chance',
      raw: Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7_919 + index ** 2) % 256)),
    },
    { what: 'ten thousand parts', raw: many(10_000) },
    {
      what: 'a rich text nested a hundred thousand deep',
      raw: mail('Content-Type: text/html\r\n', `${'<div>'.repeat(100_000)}Il testo resta.`),
    },
  ])('$what is read, and its words are there when it has them', async ({ raw }) => {
    const { facts } = await receive(raw, delivered);
    const [fact] = facts;
    const message = fact && 'message' in fact ? fact.message : undefined;
    expect(message?.externalId).toMatch(/[0-9a-f]{32}$/);
    expect(message?.content.length).toBeLessThanOrEqual(200);
    if (raw.includes('Il testo resta.')) expect(JSON.stringify(message?.content)).toContain('Il testo resta.');
  });
});

function nested(depth: number): Buffer {
  const open = Array.from(
    { length: depth },
    (_, index) => `Content-Type: multipart/mixed; boundary="b${index}"\r\n\r\n--b${index}\r\n`,
  );
  return mail(open.join(''), '\r\nIl testo resta.');
}
function many(parts: number): Buffer {
  const part = '--p\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n';
  return mail('Content-Type: multipart/mixed; boundary=p\r\n', `${part.repeat(parts)}--p--\r\n`);
}
