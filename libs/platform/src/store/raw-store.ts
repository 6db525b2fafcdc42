import { createHash } from 'node:crypto';
import { parse } from 'uuid';
import type { BlobRef } from '@filodiretto/contracts';
import { newId } from '../ids.js';
import type { ServiceSettings } from '../settings/service.js';
import { FileStore } from './file-store.js';
import type { Store } from './store.js';

/** A blob that is not in the store, or whose bytes are not those of its address. */
export class BlobMissing extends Error {}

/** One delivery to us, kept before anything else happens. Immutable. */
export interface Reception {
  /** UUIDv7: its time is that of the reception. */
  readonly id: string;
  readonly channel: string;
  readonly account: string;
  readonly raw: BlobRef;
  readonly receivedAt: string;
  /** What the raw bytes do not say: headers that matter, the mailbox and UID, the parameters of the URL. */
  readonly about: Readonly<Record<string, string>>;
}

/** That somebody, or a case, was erased: ids alone, nothing of a person. */
export interface NotedErasure {
  readonly id: string;
  readonly administration: string;
  /** The contact, or else the case. */
  readonly contact?: string;
  readonly case?: string;
  readonly because: 'request' | 'retention';
  readonly at: string;
}

const hourOf = (at: Date): string => `receptions/${at.toISOString().slice(0, 13)}`;
const nameOf = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256}`;
/** The address of bytes that are destroyed. */
export const DESTROYED = '0'.repeat(64);

const BEGINNING = /^\{"id":"[^"]*","channel":("(?:[^"\\]|\\.)*"),"account":("(?:[^"\\]|\\.)*")/;

/** A record of the same delivery that says nothing of a person. */
function forgotten(id: string, line: string): string {
  const [, channel = '""', account = '""'] = BEGINNING.exec(line) ?? [];
  const receivedAt = timeOf(id).toISOString();
  const raw = { sha256: DESTROYED, size: 0, mediaType: '' };
  const said = { channel: JSON.parse(channel) as string, account: JSON.parse(account) as string };
  return JSON.stringify({ id, ...said, raw, receivedAt, about: {} } satisfies Reception);
}

const timeOf = (id: string): Date => new Date(Buffer.from(parse(id)).readUIntBE(0, 6));

/** Evidence and recovery log: blobs by their content, receptions by their hour. Shared by the channels and the core. */
export class RawStore {
  constructor(private readonly store: Store) {}

  /** Keeps bytes, addressed by their content. Resolves when durable. */
  async keep(bytes: Uint8Array, mediaType: string): Promise<BlobRef> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.store.write(nameOf(sha256), bytes);
    return { sha256, size: bytes.byteLength, mediaType };
  }

  /** The bytes of a blob, verified against their address. Rejects with `BlobMissing`. */
  async open(blob: Pick<BlobRef, 'sha256'>): Promise<Uint8Array> {
    const bytes = await this.store.read(nameOf(blob.sha256));
    if (!bytes) throw new BlobMissing(`no blob ${blob.sha256}`);
    if (createHash('sha256').update(bytes).digest('hex') !== blob.sha256)
      throw new BlobMissing(`blob ${blob.sha256} is damaged`);
    return bytes;
  }

  /** Keeps a delivery: its bytes and its record, both durable when it resolves. */
  async receive(
    channel: string,
    raw: Uint8Array,
    delivery: { account: string; mediaType: string; about?: Record<string, string> },
  ): Promise<Reception> {
    const id = newId();
    const sha256 = createHash('sha256').update(raw).digest('hex');
    const reception: Reception = {
      id,
      channel,
      account: delivery.account,
      raw: { sha256, size: raw.byteLength, mediaType: delivery.mediaType },
      receivedAt: timeOf(id).toISOString(),
      about: delivery.about ?? {},
    };
    await Promise.all([
      this.keep(raw, delivery.mediaType),
      this.store.append(hourOf(timeOf(id)), JSON.stringify(reception)),
    ]);
    return reception;
  }

  /** The record of a delivery, or `undefined`. */
  async reception(id: string): Promise<Reception | undefined> {
    for await (const line of this.store.lines(hourOf(timeOf(id)))) {
      const found = JSON.parse(line) as Reception;
      if (found.id === id) return found;
    }
    return undefined;
  }

  /** The addresses of the bytes of some deliveries; of those that were forgotten, none. */
  async bytesOf(receptions: readonly string[]): Promise<string[]> {
    const wanted = new Set(receptions);
    const found = new Set<string>();
    for (const folder of new Set(receptions.map(id => hourOf(timeOf(id)))))
      for await (const line of this.store.lines(folder)) {
        const { id, raw } = JSON.parse(line) as Reception;
        if (wanted.has(id) && raw.sha256 !== DESTROYED) found.add(raw.sha256);
      }
    return [...found];
  }

  /** When the bytes of a blob were last written, by whoever kept the same; `undefined` when they are not there. */
  keptAt({ sha256 }: Pick<BlobRef, 'sha256'>): Promise<Date | undefined> {
    return this.store.writtenAt(nameOf(sha256));
  }

  /** Destroys the bytes of a blob; those that are not there are destroyed already. Whoever asks knows that nobody needs them. */
  destroy({ sha256 }: Pick<BlobRef, 'sha256'>): Promise<void> {
    return this.store.remove(nameOf(sha256));
  }

  /** Forgets what the records of some deliveries say of their bytes and of who sent them; that they came stays. */
  async forget(receptions: readonly string[]): Promise<void> {
    const wanted = new Set(receptions);
    for (const folder of new Set(receptions.map(id => hourOf(timeOf(id)))))
      await this.store.rewriteLines(folder, line => {
        // Read from its beginning alone: what follows may have been half rewritten when a process died.
        const id = /^\{"id":"([0-9a-f-]{36})"/.exec(line)?.[1];
        return id && wanted.has(id) ? forgotten(id, line) : undefined;
      });
  }

  /** The deliveries of a stretch of time, hour by hour. */
  async *receptions(from: Date, to: Date): AsyncIterable<Reception> {
    const hour = 3_600_000;
    for (let at = Math.floor(from.getTime() / hour) * hour; at <= to.getTime(); at += hour)
      for await (const line of this.store.lines(hourOf(new Date(at)))) {
        const found = JSON.parse(line) as Reception;
        const time = Date.parse(found.receivedAt);
        if (time >= from.getTime() && time <= to.getTime()) yield found;
      }
  }

  /** The first and last hours that hold deliveries, as instants; empty when none. */
  async hours(): Promise<Date[]> {
    return (await this.store.list('receptions')).map(
      name => new Date(`${name.slice('receptions/'.length)}:00:00.000Z`),
    );
  }

  /** Notes for good that something was erased, where no older copy of the database comes back. Durable when it resolves. */
  noteErasure(erasure: NotedErasure): Promise<void> {
    return this.store.append(`erasures/${erasure.at.slice(0, 10)}`, JSON.stringify(erasure));
  }

  /** What was noted to be erased on the day of an instant and since; the same may come twice. */
  async *erasures(since: Date): AsyncIterable<NotedErasure> {
    const first = `erasures/${since.toISOString().slice(0, 10)}`;
    for (const day of await this.store.list('erasures'))
      if (day >= first) for await (const line of this.store.lines(day)) yield JSON.parse(line) as NotedErasure;
  }

  /** Throws when bytes cannot be kept durably. */
  probe(): Promise<void> {
    return this.store.probe();
  }
}

/** The raw store that the settings describe: S3-compatible when a bucket is named, else a folder. */
export async function openRawStore(settings: ServiceSettings): Promise<RawStore> {
  if (!settings.s3Bucket) return new RawStore(new FileStore(settings.blobDir));
  const { S3Store } = await import('./s3-store.js');
  return new RawStore(
    new S3Store({
      bucket: settings.s3Bucket,
      region: settings.s3Region,
      endpoint: settings.s3Endpoint,
      accessKey: settings.s3AccessKey,
      secretKey: settings.s3SecretKey,
    }),
  );
}
