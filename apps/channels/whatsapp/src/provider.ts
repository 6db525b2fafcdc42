import { createHash, randomUUID } from 'node:crypto';
import { MediaGone, type GuardedFetch } from '@filodiretto/channel-kit';
import { isJson, jsonOf, textOf, type Json } from '@filodiretto/channel-kit';

/** The provider said no: nothing was sent. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: Json,
  ) {
    super(`Graph API ${status}: ${textOf(error.code) ?? '?'} ${textOf(error.message) ?? ''}`);
  }
}
/** The request never left us: nothing was sent. */
export class Unreachable extends Error {}

export interface GraphOptions {
  readonly fetch: GuardedFetch;
  readonly baseUrl: string;
  readonly version: string;
  readonly accessToken: string;
  readonly mediaHosts: readonly string[];
}

const MEDIA_HOSTS = ['.fbsbx.com', '.fbcdn.net', '.whatsapp.net'];
const MEDIA_BYTES_MAX = 105_000_000;
const AGENT = 'Filodiretto/1';
/** Less than the kit waits for one answer. */
const CHECK_MS = 7_000;
/** Faults that happen before a byte of the request is written. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The Graph API of the provider: the only I/O of this driver. The token goes to its hosts only and is never logged. */
export class GraphApi {
  constructor(private readonly options: GraphOptions) {}

  /** Says one message. Gives the provider's id. Throws `GraphRefusal`, `Unreachable`, or anything else when unknown. */
  async say(number: string, body: Record<string, unknown>): Promise<{ id: string; status?: string }> {
    const answer = await this.call(`${number}/messages`, 'POST', 'application/json', JSON.stringify(body));
    const [message] = Array.isArray(answer.messages) ? (answer.messages as unknown[]) : [];
    const id = textOf(jsonOf(message).id);
    if (id === undefined) throw new Error('The provider accepted without giving an id');
    const status = textOf(jsonOf(message).message_status);
    return { id, ...(status ? { status } : {}) };
  }

  /** What the provider calls a number of ours. Throws as `say` does. */
  async numberName(number: string): Promise<string> {
    const about = await this.call(
      `${encodeURIComponent(number)}?fields=display_phone_number,verified_name`,
      'GET',
      undefined,
      undefined,
      CHECK_MS,
    );
    return [textOf(about.verified_name), textOf(about.display_phone_number)].filter(Boolean).join(' · ');
  }

  /** Uploads an attachment; its id is good for messages of the same number. */
  async upload(number: string, bytes: Uint8Array, mediaType: string, filename: string): Promise<string> {
    const boundary = `filodiretto-${randomUUID()}`;
    const safe = filename.replace(/["\\\r\n]/g, '_');
    const head = [
      field(boundary, 'messaging_product', 'whatsapp'),
      field(boundary, 'type', mediaType),
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${safe}"\r\nContent-Type: ${mediaType}\r\n\r\n`,
    ].join('');
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const answer = await this.call(
      `${number}/media`,
      'POST',
      `multipart/form-data; boundary=${boundary}`,
      body,
      60_000,
    );
    const id = textOf(answer.id);
    if (id === undefined) throw new Error('The provider took the attachment without giving an id');
    return id;
  }

  /** The bytes of an attachment, verified against the provider's digest. `MediaGone` when it will never be given again. */
  async media(number: string, id: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
    const about = await this.call(
      `${encodeURIComponent(id)}?phone_number_id=${encodeURIComponent(number)}`,
      'GET',
    ).catch((error: unknown) => {
      if (error instanceof GraphRefusal && (error.status === 404 || error.error.code === 100))
        throw new MediaGone(`The provider no longer has the attachment ${id}`);
      throw error;
    });
    const url = textOf(about.url);
    if (url === undefined) throw new Error(`The provider gave no address for the attachment ${id}`);
    const response = await this.options.fetch(url, {
      headers: { Authorization: `Bearer ${this.options.accessToken}`, 'User-Agent': AGENT },
      timeoutMs: 120_000,
      maxBytes: MEDIA_BYTES_MAX,
      onlyHosts: [...MEDIA_HOSTS, new URL(this.options.baseUrl).hostname, ...this.options.mediaHosts],
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`The attachment ${id} could not be fetched: ${response.status}`);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const digest = textOf(about.sha256);
    if (digest !== undefined && !isDigestOf(digest, bytes)) throw new Error(`The attachment ${id} arrived damaged`);
    return {
      bytes,
      mediaType: textOf(about.mime_type) ?? response.headers.get('content-type') ?? 'application/octet-stream',
    };
  }

  private async call(
    path: string,
    method: 'GET' | 'POST',
    mediaType?: string,
    body?: string | Uint8Array,
    timeoutMs = 20_000,
  ): Promise<Json> {
    const { fetch, baseUrl, version, accessToken } = this.options;
    const response = await fetch(`${baseUrl}/${version}/${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${accessToken}`,
        'User-Agent': AGENT,
        ...(mediaType ? { 'Content-Type': mediaType } : {}),
      },
      ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
      timeoutMs,
      onlyHosts: [new URL(baseUrl).hostname],
    }).catch((error: unknown) => {
      throw neverLeft(error) ? new Unreachable('The provider cannot be reached', { cause: error }) : error;
    });
    const answer = await jsonFrom(response);
    if (response.ok) return answer;
    if (isJson(answer.error)) throw new GraphRefusal(response.status, answer.error);
    if (response.status >= 400 && response.status < 500)
      throw new GraphRefusal(response.status, bareError(response.status));
    throw new Error(`The provider answered ${response.status} without saying what became of the request`);
  }
}

const field = (boundary: string, name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** The error that a bare HTTP status stands for. */
const bareError = (status: number): Json => ({
  code: status === 401 ? 190 : status === 403 ? 10 : status === 429 ? 4 : 100,
  message: `HTTP ${status}`,
});

async function jsonFrom(response: Response): Promise<Json> {
  const text = await response.text();
  try {
    return jsonOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function neverLeft(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && NEVER_LEFT.has(at.code)) return true;
  return false;
}

/** The provider writes SHA-256 in base64; hexadecimal has been seen in its answers too. */
function isDigestOf(digest: string, bytes: Uint8Array): boolean {
  const own = createHash('sha256').update(bytes).digest();
  return own.toString('base64') === digest || own.toString('hex') === digest.toLowerCase();
}
