import { PROBLEMS } from '@filodiretto/contracts';

/** What this needs of the server below the framework. */
interface Server {
  addHook(
    name: 'onRequest',
    hook: (request: { readonly url: string }, reply: { readonly raw: RawReply }, done: () => void) => void,
  ): unknown;
}
interface RawReply {
  setHeader(name: string, value: string): unknown;
}

/** For what is no page: nothing of it runs, loads or is framed even if a browser takes it for one. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Two years. */
const HSTS = 'max-age=63072000; includeSubDomains';

/**
 * Gives every answer the headers that keep a browser from doing more with it than was meant: also what is not found, what failed,
 * and what streams. Whoever answers may say something stricter or fitter by the same names. `pages`: policies of pages by the
 * beginning of their path, where they are made by others. `https`: the service is reached by https alone.
 */
export function secureHeaders(
  server: Server,
  said: { readonly https: boolean; readonly pages?: Readonly<Record<string, string>> },
): void {
  const pages = Object.entries(said.pages ?? {});
  server.addHook('onRequest', ({ url }, { raw }, done) => {
    const page = pages.find(([path]) => url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`));
    for (const [name, value] of headersFor(said.https, page?.[1])) raw.setHeader(name, value);
    done();
  });
}

const headersFor = (https: boolean, policy = NOTHING): (readonly [name: string, value: string])[] => [
  ['content-security-policy', policy],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['x-permitted-cross-domain-policies', 'none'],
  ...(https ? [['strict-transport-security', HSTS] as const] : []),
];

interface Reply {
  readonly raw: RawReply & { statusCode: number; end(body: string): unknown };
  hijack(): unknown;
}

/** Answers a request whose address cannot be read, before anything else of the server has seen it. */
export const unreadableAddress =
  (https: boolean) =>
  (_fault: unknown, _request: unknown, reply: Reply): void => {
    const { raw } = reply;
    reply.hijack();
    for (const [name, value] of headersFor(https)) raw.setHeader(name, value);
    raw.setHeader('content-type', 'application/problem+json');
    const { status, title } = PROBLEMS['malformed-request'];
    Object.assign(raw, { statusCode: status });
    raw.end(JSON.stringify({ type: '/problems/malformed-request', title, status }));
  };

/** Throws nothing: gives what to tell when an address that people use is not protected in production; else nothing. */
export const unprotected = (name: string, url: string | undefined, production: boolean): string[] =>
  production && url !== undefined && !url.startsWith('https://')
    ? [`${name}: in production this service is reached by https`]
    : [];
