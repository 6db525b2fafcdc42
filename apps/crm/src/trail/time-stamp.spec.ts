import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Authority } from './testing.js';
import { isStampOf, stampedBy, trustedIn } from './time-stamp.js';

const STATEMENT = 'filodiretto trail\nuna catena\n2026-11-26\n7\nabcdef';

const authority = new Authority();
const another = new Authority();
let url = '';

beforeAll(async () => {
  url = await authority.start();
  await another.start();
}, 60_000);
afterAll(() => Promise.all([authority.stop(), another.stop()]));

describe('a time stamp', () => {
  it('is given by an authority over a statement, and proves it to whoever trusts that authority', async () => {
    const token = await stampedBy(url, STATEMENT);
    expect(await isStampOf(token, STATEMENT)).toBe(true);
    expect(await isStampOf(token, STATEMENT, trustedIn(authority.pem()))).toBe(true);
  });

  it('is what OpenSSL takes for one', async () => {
    const token = await stampedBy(url, STATEMENT);
    writeFileSync(join(authority.folder, 'token.der'), token);
    writeFileSync(join(authority.folder, 'statement'), STATEMENT);
    authority.openssl('ts', '-verify', '-data', 'statement', '-in', 'token.der', '-token_in', '-CAfile', 'ca.pem');
  });

  it('proves nothing of another statement, nor to whoever trusts another authority, nor with a bit of it changed', async () => {
    const token = await stampedBy(url, STATEMENT);
    expect(await isStampOf(token, `${STATEMENT}0`)).toBe(false);
    expect(await isStampOf(token, STATEMENT, trustedIn(another.pem()))).toBe(false);
    const digest = token.indexOf(createHash('sha256').update(STATEMENT).digest());
    expect(digest).toBeGreaterThan(0);
    for (const place of [token.length - 10, digest + 3, digest + 60]) {
      const changed = Buffer.from(token);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      expect([place, await isStampOf(changed, STATEMENT, trustedIn(authority.pem()))]).toEqual([place, false]);
    }
    expect(await isStampOf(Buffer.from('niente'), STATEMENT)).toBe(false);
  });

  it.each<[string, Authority['twist'], RegExp]>([
    ['an authority that is not well', () => ({ status: 503, body: Buffer.alloc(0) }), /answers 503/],
    ['what is no answer', () => ({ body: Buffer.from('<html>') }), /is no time stamp/],
    ['what is far too large', () => ({ body: Buffer.alloc(200_000) }), /too large/],
    ['a refusal', () => ({ body: authority.reply(Buffer.from('strano')) }), /refuses/],
  ])('is not taken from %s', async (_, twist, words) => {
    authority.twist = twist;
    await expect(stampedBy(url, STATEMENT)).rejects.toThrow(words);
  });

  it('of before, played again, is not taken for a new one', async () => {
    let kept: Buffer | undefined;
    authority.twist = (_query, reply) => ({ body: (kept ??= reply()) });
    await stampedBy(url, STATEMENT);
    await expect(stampedBy(url, STATEMENT)).rejects.toThrow(/something else/);
  });

  it('of a file without certificates is refused with words', () => {
    expect(() => trustedIn('niente')).toThrow(/no certificate/);
  });
});
