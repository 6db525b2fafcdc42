import { beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from './file-store.js';
import { BlobMissing, RawStore, type Reception } from './raw-store.js';

const all = async (store: RawStore): Promise<Reception[]> => {
  const found: Reception[] = [];
  for await (const one of store.receptions(new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)))
    found.push(one);
  return found;
};

describe('the raw store', () => {
  let folder: string;
  let store: RawStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'raw-'));
    store = new RawStore(new FileStore(folder));
  });

  it('gives back what it was given, and the same bytes have one address', async () => {
    const one = await store.keep(Buffer.from('ciao'), 'text/plain');
    const two = await store.keep(Buffer.from('ciao'), 'text/plain');
    expect(two).toEqual(one);
    expect(Buffer.from(await store.open(one)).toString()).toBe('ciao');
  });

  it('does not give bytes that are not those of their address', async () => {
    const blob = await store.keep(Buffer.from('ciao'), 'text/plain');
    writeFileSync(join(folder, 'blobs', blob.sha256.slice(0, 2), blob.sha256), 'altro');
    await expect(store.open(blob)).rejects.toThrow(BlobMissing);
    await expect(store.open({ sha256: 'f'.repeat(64) })).rejects.toThrow(BlobMissing);
  });

  it('lists every delivery, also of two that carried the same bytes, and many that came together', async () => {
    const kept = await Promise.all(
      Array.from({ length: 40 }, () =>
        store.receive('loopback', Buffer.from('ok'), { account: 'a', mediaType: 'text/plain' }),
      ),
    );
    expect((await all(store)).map(one => one.id).sort()).toEqual(kept.map(one => one.id).sort());
    const first = kept[0];
    expect(await store.reception(first.id)).toEqual(first);
  });

  it('passes over the line that was being written when a process died', async () => {
    const whole = await store.receive('loopback', Buffer.from('1'), { account: 'a', mediaType: 'text/plain' });
    const hour = join(folder, 'receptions', readdirSync(join(folder, 'receptions'))[0]);
    appendFileSync(join(hour, readdirSync(hour)[0]), '{"id":"torn');
    expect(await all(store)).toEqual([whole]);
    const after = new RawStore(new FileStore(folder));
    const next = await after.receive('loopback', Buffer.from('2'), { account: 'a', mediaType: 'text/plain' });
    expect((await all(after)).map(one => one.id).sort()).toEqual([whole.id, next.id].sort());
  });

  it('says when it cannot keep anything', async () => {
    const broken = new RawStore(new FileStore(join(folder, 'x')));
    writeFileSync(join(folder, 'x', 'probe'), 'a file where a folder should be');
    await expect(broken.probe()).rejects.toThrow();
  });
});
