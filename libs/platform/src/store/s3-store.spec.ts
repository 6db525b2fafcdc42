import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startBucket, type BucketServer } from '@filodiretto/simulators';
import { BlobMissing, RawStore, type Reception } from './raw-store.js';
import { S3Store } from './s3-store.js';

const OPTIONS = { bucket: 'grezzi', accessKey: 'prova', secretKey: 'segreto di prova' };
let server: BucketServer;
const storeOf = (more: object = {}): S3Store =>
  new S3Store({ ...OPTIONS, region: 'eu-south-1', endpoint: server.url, ...more });
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('utf8');

beforeAll(async () => {
  server = await startBucket(OPTIONS);
});
afterAll(() => server.close());

describe('the store in a bucket', () => {
  it('gives back what it was given, and nothing for what it was not', async () => {
    const store = storeOf();
    await store.write('uno/due tre+quattro', Buffer.from('perché'));
    expect(text(await store.read('uno/due tre+quattro'))).toBe('perché');
    expect(await store.read('uno/altro')).toBeUndefined();
    expect(await store.writtenAt('uno/altro')).toBeUndefined();
    expect((await store.writtenAt('uno/due tre+quattro'))?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('lists names and folders of more than one page, in order', async () => {
    const store = storeOf();
    for (const name of ['c', 'a', 'e/1', 'e/2', 'b', 'd', 'f']) await store.write(`elenco/${name}`, Buffer.from(name));
    expect(await store.list('elenco')).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map(name => `elenco/${name}`));
  });

  it('tries again when it is told to slow down', async () => {
    server.slowDown(1);
    await storeOf().write('piano', Buffer.from('piano'));
    expect(text(await storeOf().read('piano'))).toBe('piano');
  });

  it('destroys every version of what is destroyed, and of a line that is written anew what it was before', async () => {
    const store = storeOf();
    for (let times = 0; times < 5; times += 1) await store.write('via', Buffer.from('segreto'));
    await store.write('viale', Buffer.from('resta'));
    await store.remove('via');
    await store.remove('mai visto');
    expect([server.versions('via'), server.versions('viale').length]).toEqual([[], 1]);
    await store.append('righe', 'Mario Rossi');
    await store.rewriteLines('righe', line => (line === 'Mario Rossi' ? '-' : undefined));
    const bodies = server.keys().flatMap(key => (key.startsWith('righe/') ? server.versions(key) : []));
    expect(bodies.map(({ body }) => body)).toEqual(['-']);
  });

  it('does not take out what is under lock, and says so', async () => {
    const store = storeOf();
    await store.writeLocked('chiuso', Buffer.from('resta'), new Date(Date.now() + 60_000));
    await expect(store.remove('chiuso')).rejects.toThrow(/AccessDenied/);
    expect(server.versions('chiuso')).toHaveLength(1);
    await expect(store.writeLocked('tardi', Buffer.from('x'), new Date(0))).rejects.toThrow(/InvalidArgument/);
  });

  it('rejects when the key is wrong or the bucket is none', async () => {
    await expect(storeOf({ secretKey: 'altro' }).write('x', Buffer.from('x'))).rejects.toThrow(/SignatureDoesNotMatch/);
    await expect(storeOf({ bucket: 'altro' }).probe()).rejects.toThrow(/NoSuchBucket/);
  });

  it('keeps blobs and deliveries as a folder does', async () => {
    const raw = new RawStore(storeOf());
    await raw.probe();
    const blob = await raw.keep(Buffer.from('ciao'), 'text/plain');
    expect(text(await raw.open(blob))).toBe('ciao');
    await expect(raw.open({ sha256: 'f'.repeat(64) })).rejects.toThrow(BlobMissing);
    const kept = await Promise.all(
      Array.from({ length: 7 }, () =>
        raw.receive('prova', Buffer.from('ok'), { account: 'a', mediaType: 'text/plain' }),
      ),
    );
    const found: Reception[] = [];
    for await (const one of raw.receptions(new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)))
      found.push(one);
    expect(found.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
  });
});
