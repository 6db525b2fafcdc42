import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, fetch as undiciFetch } from 'undici';
import type { FetchOptions, GuardedFetch } from './contract.js';

/** An address that may not be reached from here. */
export class ForbiddenAddress extends Error {}
/** An answer larger than was asked for. */
export class TooLarge extends Error {}

const MAX_REDIRECTS = 5;

/** Whether an address belongs to the public network. Mapped and translated forms count as what they stand for. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  // Of version 6, only 2000::/3 was ever given out: the rest is special, or an old way to write version 4.
  const given = parsed.kind() === 'ipv4' || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
  return given && parsed.range() === 'unicast';
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const forbidden = addresses.find(({ address }) => !isPublic(address));
    const first = addresses[0];
    if (forbidden || !first) return callback(new ForbiddenAddress(`${hostname} is not a public address`), '', 0);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * `fetch` for addresses that others chose: the *resolved* address must be public, HTTPS only, redirects are followed by
 * hand and checked again, time and size are bounded. `allowHosts` (host, or host:port) are reached whatever they are.
 */
export function guardedFetch(allowHosts: readonly string[]): GuardedFetch {
  const guarded = new Agent({ connect: { lookup: publicLookup, timeout: 10_000 } });
  const open = new Agent({ connect: { timeout: 10_000 } });
  return async (target, { timeoutMs = 10_000, maxBytes = 5_000_000, onlyHosts, ...options }: FetchOptions = {}) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let url = new URL(target);
    let init = options;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const allowed = allowHosts.includes(url.host) || allowHosts.includes(url.hostname);
      refuseForbidden(url, allowed, onlyHosts);
      const answer = await undiciFetch(url, {
        ...(init as object),
        signal,
        redirect: 'manual',
        dispatcher: allowed ? open : guarded,
      }).catch((error: unknown) => {
        throw error instanceof Error && error.cause instanceof ForbiddenAddress ? error.cause : error;
      });
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || !location) return bounded(answer, maxBytes);
      await answer.body?.cancel();
      const next = new URL(location, url);
      init = redirected(init, answer.status, { from: url, to: next });
      url = next;
    }
    throw new Error(`${url.host} redirects more than ${MAX_REDIRECTS} times`);
  };
}

function refuseForbidden(url: URL, allowed: boolean, onlyHosts: readonly string[] | undefined): void {
  if (url.username || url.password) throw new ForbiddenAddress('an address with credentials inside');
  if (
    onlyHosts &&
    !onlyHosts.some(host =>
      host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host || url.host === host,
    )
  )
    throw new ForbiddenAddress(`${url.host} is none of the hosts allowed here`);
  if (allowed && (url.protocol === 'http:' || url.protocol === 'https:')) return;
  if (url.protocol !== 'https:') throw new ForbiddenAddress(`${url.protocol}// is not allowed`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) && !isPublic(literal)) throw new ForbiddenAddress(`${url.hostname} is not a public address`);
}

type Init = Omit<FetchOptions, 'timeoutMs' | 'maxBytes' | 'onlyHosts'>;

/** What is asked of the next address. A credential is for the host it was given to, and so are the words of a request. */
function redirected(init: Init, status: number, { from, to }: { readonly from: URL; readonly to: URL }): Init {
  const elsewhere = to.origin !== from.origin;
  const headers = elsewhere ? withoutCredentials(init.headers) : init.headers;
  const next = { ...init, ...(headers === undefined ? {} : { headers }) };
  const method = (init.method ?? 'GET').toUpperCase();
  if (method === 'GET' || method === 'HEAD') return next;
  if (status === 307 || status === 308) {
    if (elsewhere) throw new ForbiddenAddress(`${from.host} sends what was meant for it to ${to.host}`);
    return next;
  }
  const left = new Headers(next.headers);
  left.delete('content-type');
  left.delete('content-length');
  return { ...next, method: 'GET', body: null, headers: left };
}

const withoutCredentials = (headers: RequestInit['headers']): Headers => {
  const left = new Headers(headers);
  left.delete('authorization');
  left.delete('cookie');
  return left;
};

function bounded(answer: Response, maxBytes: number): Response {
  const declared = Number(answer.headers.get('content-length') ?? 0);
  if (declared > maxBytes) {
    void answer.body?.cancel();
    throw new TooLarge(`the answer has ${declared} bytes, more than ${maxBytes}`);
  }
  let seen = 0;
  const counted = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength;
        if (seen > maxBytes) controller.error(new TooLarge(`the answer has more than ${maxBytes} bytes`));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted ?? null, {
    status: answer.status,
    statusText: answer.statusText,
    headers: new Headers(answer.headers),
  });
}
