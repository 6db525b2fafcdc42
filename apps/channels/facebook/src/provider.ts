import { randomUUID } from 'node:crypto';
import { isJson, jsonOf, MediaGone, textOf, type GuardedFetch, type Json } from '@filodiretto/channel-kit';

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

const MEDIA_HOSTS = ['.fbcdn.net', 'lookaside.fbsbx.com', '.cdninstagram.com'];
const MEDIA_BYTES_MAX = 105_000_000;
/** Less than the kit waits for one answer. */
const CHECK_MS = 7_000;
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The Graph API for pages: the only I/O of the channel. The token goes to its host only and is never logged. */
export class GraphApi {
  constructor(private readonly options: GraphOptions) {}

  /** Posts to an edge. Throws `GraphRefusal`, `Unreachable`, or anything else when nobody knows what happened. */
  post(path: string, body: Record<string, unknown>): Promise<Json> {
    return this.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Whether a comment is still there. */
  async exists(comment: string): Promise<boolean> {
    try {
      await this.call(encodeURIComponent(comment), { method: 'GET' });
      return true;
    } catch (error) {
      if (error instanceof GraphRefusal && textOf(error.error.code) === '100') return false;
      throw error;
    }
  }

  /** What a page of ours is called. Throws as `post` does. */
  async pageName(page: string): Promise<string> {
    const about = await this.call(`${encodeURIComponent(page)}?fields=name`, { method: 'GET' }, CHECK_MS);
    return textOf(about.name) ?? page;
  }

  /** Uploads an attachment; gives its id. */
  async upload(page: string, type: string, bytes: Uint8Array, mediaType: string, filename: string): Promise<string> {
    const boundary = `filodiretto-${randomUUID()}`;
    const about = JSON.stringify({ attachment: { type, payload: { is_reusable: false } } });
    const head =
      `--${boundary}\r\nContent-Disposition: form-data; name="message"\r\n\r\n${about}\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="filedata"; filename="${filename.replace(/["\\\r\n]/g, '_')}"\r\n` +
      `Content-Type: ${mediaType}\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const answer = await this.call(`${page}/message_attachments`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    });
    const id = textOf(answer.attachment_id);
    if (id === undefined) throw new Error('The provider took the attachment without giving an id');
    return id;
  }

  /** The bytes behind a signed link. `MediaGone` when the link is over: the provider gives no other. */
  async media(url: string): Promise<{ bytes: Uint8Array; mediaType: string | undefined }> {
    const response = await this.options.fetch(url, {
      timeoutMs: 120_000,
      maxBytes: MEDIA_BYTES_MAX,
      onlyHosts: [...MEDIA_HOSTS, ...this.options.mediaHosts],
    });
    if (!response.ok) await response.body?.cancel();
    if ([403, 404, 410].includes(response.status)) throw new MediaGone(`The attachment is gone: ${response.status}`);
    if (!response.ok) throw new Error(`The attachment could not be fetched: ${response.status}`);
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      mediaType: response.headers.get('content-type') ?? undefined,
    };
  }

  private async call(
    path: string,
    init: { method: 'GET' | 'POST'; headers?: Record<string, string>; body?: string | Buffer },
    timeoutMs = init.body instanceof Buffer ? 60_000 : 20_000,
  ): Promise<Json> {
    const { fetch, baseUrl, version, accessToken } = this.options;
    const { body, ...rest } = init;
    const response = await fetch(`${baseUrl}/${version}/${path}`, {
      ...rest,
      headers: { ...init.headers, authorization: `Bearer ${accessToken}` },
      ...(body === undefined ? {} : { body: body as NonNullable<RequestInit['body']> }),
      timeoutMs,
      onlyHosts: [new URL(baseUrl).hostname],
    }).catch((error: unknown) => {
      throw neverLeft(error) ? new Unreachable('The provider cannot be reached', { cause: error }) : error;
    });
    const answer = await jsonFrom(response);
    if (response.ok) return answer;
    if (isJson(answer.error)) throw new GraphRefusal(response.status, answer.error);
    if (response.status >= 500)
      throw new Error(`The provider answers ${response.status} without saying whether it did it`);
    throw new GraphRefusal(response.status, {
      code: response.status === 429 ? 613 : response.status === 401 ? 190 : 100,
      message: `HTTP ${response.status}`,
    });
  }
}

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
