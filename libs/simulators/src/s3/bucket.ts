import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One version of an object. */
export interface StoredVersion {
  readonly id: string;
  readonly body: string;
  readonly at: Date;
  /** Until when nobody takes it away: object lock in compliance mode. */
  readonly lockedUntil?: Date;
}

/** A versioned bucket with object lock: checks signatures (AWS Signature Version 4) and checksums, and gives back what it holds. */
export interface BucketServer {
  readonly url: string;
  /** Versions of an object, the oldest first. */
  versions(key: string): readonly StoredVersion[];
  keys(): readonly string[];
  /** The next requests so many are answered with 503 SlowDown. */
  slowDown(requests: number): void;
  close(): Promise<void>;
}

interface Options {
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Listens on a free port of this machine. */
export async function startBucket(options: Options): Promise<BucketServer> {
  const objects = new Map<string, StoredVersion[]>();
  let slow = 0;
  let made = 0;
  const server = createServer((request, response) => {
    answer(request)
      .then(({ status, body = '', headers = {} }) => response.writeHead(status, headers).end(body))
      .catch((error: unknown) => fail(response, error));
  });
  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await text(request);
    if (slow > 0) {
      slow -= 1;
      return refusal(503, 'SlowDown');
    }
    const url = new URL(request.url ?? '/', 'http://bucket');
    const [, bucket = '', ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    if (!isSigned(request, url, body, options)) return refusal(403, 'SignatureDoesNotMatch');
    if (bucket !== options.bucket) return refusal(404, 'NoSuchBucket');
    if (request.method === 'PUT') return put(request, key, body);
    if (request.method === 'DELETE') return remove(key, url.searchParams.get('versionId'));
    if (request.method === 'GET' && key === '')
      return url.searchParams.has('versions') ? versionsListed(url.searchParams) : listed(url.searchParams);
    if (request.method === 'GET' || request.method === 'HEAD') {
      const last = objects.get(key)?.at(-1);
      return last
        ? { status: 200, body: last.body, headers: { 'last-modified': last.at.toUTCString() } }
        : refusal(404, 'NoSuchKey');
    }
    return refusal(405, 'MethodNotAllowed');
  }
  function put({ headers }: IncomingMessage, key: string, body: string): Answer {
    const checksum = headers['x-amz-checksum-sha256'];
    const mode = headers['x-amz-object-lock-mode'];
    const until = headers['x-amz-object-lock-retain-until-date'];
    if (checksum !== undefined && checksum !== createHash('sha256').update(body).digest('base64'))
      return refusal(400, 'BadDigest');
    if ((mode === undefined) !== (until === undefined)) return refusal(400, 'InvalidArgument');
    if (mode !== undefined && checksum === undefined && headers['content-md5'] === undefined)
      return refusal(400, 'InvalidRequest');
    if (mode !== undefined && mode !== 'COMPLIANCE' && mode !== 'GOVERNANCE') return refusal(400, 'InvalidArgument');
    const lockedUntil = until === undefined ? undefined : new Date(String(until));
    if (lockedUntil && !(lockedUntil.getTime() > Date.now())) return refusal(400, 'InvalidArgument');
    const versions = objects.get(key) ?? [];
    made += 1;
    const id = `v${made}`;
    objects.set(key, [...versions, { id, body, at: new Date(), ...(lockedUntil ? { lockedUntil } : {}) }]);
    return { status: 200, headers: { 'x-amz-version-id': id } };
  }
  function remove(key: string, version: string | null): Answer {
    const versions = objects.get(key) ?? [];
    // Without a version a real bucket only marks the object as gone: whoever means to destroy it must name one.
    if (version === null) return refusal(400, 'InvalidRequest');
    const found = versions.find(({ id }) => id === version);
    if (found?.lockedUntil && found.lockedUntil.getTime() > Date.now()) return refusal(403, 'AccessDenied');
    const rest = versions.filter(one => one !== found);
    if (rest.length > 0) objects.set(key, rest);
    else objects.delete(key);
    return { status: 204 };
  }
  function versionsListed(asked: URLSearchParams): Answer {
    const prefix = asked.get('prefix') ?? '';
    const after = asked.get('version-id-marker') ?? '';
    const all = [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([key, versions]) => versions.toReversed().map(({ id }, index) => ({ key, id, latest: index === 0 })));
    const rest = all.slice(all.findIndex(({ id }) => id === after) + 1);
    const page = rest.slice(0, PAGE);
    const items = page.map(
      ({ key, id, latest }) =>
        `<Version><Key>${escaped(key)}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest></Version>`,
    );
    const last = page.at(-1);
    const next =
      last && rest.length > PAGE
        ? `<NextKeyMarker>${escaped(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
        : '';
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><ListVersionsResult><IsTruncated>${next !== ''}</IsTruncated>${next}${items.join('')}</ListVersionsResult>`,
    };
  }
  function listed(asked: URLSearchParams): Answer {
    const prefix = asked.get('prefix') ?? '';
    const delimiter = asked.get('delimiter') ?? '';
    const after = asked.get('continuation-token') ?? '';
    const names = [...objects.keys()].filter(key => key.startsWith(prefix)).sort();
    const folded = names.map(key => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return end < 0 ? key : key.slice(0, end + 1);
    });
    const all = [...new Set(folded)].filter(name => name > after);
    const page = all.slice(0, PAGE);
    const more = all.length > PAGE;
    const items = page.map(name =>
      delimiter !== '' && name.endsWith(delimiter)
        ? `<CommonPrefixes><Prefix>${escaped(name)}</Prefix></CommonPrefixes>`
        : `<Contents><Key>${escaped(name)}</Key></Contents>`,
    );
    const next = more ? `<NextContinuationToken>${escaped(page.at(-1) ?? '')}</NextContinuationToken>` : '';
    return {
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${items.join('')}</ListBucketResult>`,
    };
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    versions: key => objects.get(key) ?? [],
    keys: () => [...objects.keys()].sort(),
    slowDown: requests => {
      slow = requests;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Small, so that lists of more than one page are met. */
const PAGE = 3;

interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
const refusal = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});
const escaped = (name: string): string => name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const fail = (response: ServerResponse, error: unknown): void => {
  response.writeHead(500).end(error instanceof Error ? error.message : 'strange');
};

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** AWS Signature Version 4, of the headers: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method = '', headers }: IncomingMessage, url: URL, body: string, options: Options): boolean {
  const [, accessKey, day = '', region = '', names = '', signature = ''] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const digest = createHash('sha256').update(body).digest('hex');
  const said = headers['x-amz-content-sha256'];
  if (accessKey !== options.accessKey || (said !== digest && said !== 'UNSIGNED-PAYLOAD')) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const signedHeaders = names.split(';').map(name => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const canonical = [method, url.pathname, query, signedHeaders.join(''), names, said].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const asked = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${options.secretKey}`,
  );
  return timingSafeEqual(createHmac('sha256', key).update(asked).digest(), Buffer.from(signature, 'hex'));
}

const encoded = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
