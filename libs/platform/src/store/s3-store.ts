import { createHash, randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  type ObjectVersion,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import type { Store } from './store.js';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
}

type ObjectLock = Pick<PutObjectCommandInput, 'ObjectLockMode' | 'ObjectLockRetainUntilDate'>;

/** The store on an S3-compatible service: each write carries its checksum. Versioning and object lock are the bucket's own. */
export class S3Store implements Store {
  private readonly client: S3Client;
  constructor(private readonly options: S3Options) {
    this.client = new S3Client({
      region: options.region,
      ...(options.endpoint ? { endpoint: options.endpoint, forcePathStyle: true } : {}),
      ...(options.accessKey && options.secretKey
        ? { credentials: { accessKeyId: options.accessKey, secretAccessKey: options.secretKey } }
        : {}),
    });
  }

  async write(name: string, bytes: Uint8Array, lock: ObjectLock = {}): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.options.bucket,
        Key: name,
        Body: bytes,
        ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
        ...lock,
      }),
    );
  }

  /** Writes what nobody, the owner of the bucket included, takes away before an instant. The bucket must have object lock. */
  writeLocked(name: string, bytes: Uint8Array, until: Date): Promise<void> {
    return this.write(name, bytes, { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      const found = await this.client.send(new GetObjectCommand({ Bucket: this.options.bucket, Key: name }));
      return await found.Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  append(folder: string, line: string): Promise<void> {
    return this.write(`${folder}/${randomUUID()}.line`, Buffer.from(line));
  }

  async *lines(folder: string): AsyncIterable<string> {
    for (const name of await this.list(folder)) {
      const bytes = await this.read(name);
      if (bytes) yield Buffer.from(bytes).toString('utf8');
    }
  }

  async rewriteLines(folder: string, rewrite: (line: string) => string | undefined): Promise<void> {
    for (const name of await this.list(folder)) {
      const bytes = await this.read(name);
      const line = bytes && rewrite(Buffer.from(bytes).toString('utf8'));
      if (!line) continue;
      await this.write(name, Buffer.from(line));
      await this.removeVersions(name, ({ IsLatest }) => IsLatest !== true);
    }
  }

  /** Takes every version: a bucket that keeps versions would else keep what was to be destroyed. */
  remove(name: string): Promise<void> {
    return this.removeVersions(name, () => true);
  }

  private async removeVersions(name: string, which: (version: ObjectVersion) => boolean): Promise<void> {
    let after: { KeyMarker: string | undefined; VersionIdMarker: string | undefined } | undefined;
    do {
      const page = await this.client.send(
        new ListObjectVersionsCommand({ Bucket: this.options.bucket, Prefix: name, ...after }),
      );
      const versions: ObjectVersion[] = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      for (const version of versions)
        if (version.Key === name && which(version))
          await this.client.send(
            new DeleteObjectCommand({ Bucket: this.options.bucket, Key: name, VersionId: version.VersionId }),
          );
      after =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
    } while (after);
  }

  async writtenAt(name: string): Promise<Date | undefined> {
    try {
      const found = await this.client.send(new HeadObjectCommand({ Bucket: this.options.bucket, Key: name }));
      return found.LastModified;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }

  async list(folder: string): Promise<string[]> {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: this.options.bucket,
          Prefix: `${folder}/`,
          Delimiter: '/',
          ContinuationToken: after,
        }),
      );
      for (const item of page.Contents ?? []) if (item.Key) names.push(item.Key);
      for (const item of page.CommonPrefixes ?? []) if (item.Prefix) names.push(item.Prefix.replace(/\/$/, ''));
      after = page.NextContinuationToken;
    } while (after);
    return names.sort();
  }

  async probe(): Promise<void> {
    const bytes = Buffer.from('filodiretto');
    await this.write('probe', bytes);
    const back = await this.read('probe');
    if (!back || !bytes.equals(back))
      throw new Error(`the bucket ${this.options.bucket} does not give back what it was given`);
  }
}
