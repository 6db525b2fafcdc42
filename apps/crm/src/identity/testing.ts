import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { v7 } from 'uuid';

const AUDIENCE = 'urn:filodiretto:api';

/** A provider that signs and answers whatever it is told to: what a real one would never do. */
export class AnyProvider {
  keys: JWK[] = [];
  down = false;
  /** What it gives for any code. */
  idToken = '';
  private signing: CryptoKey | undefined;
  private kid = '';

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.answer(request, response));
  }

  static async start(): Promise<AnyProvider> {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const made = new AnyProvider(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await made.changeKey();
    return made;
  }

  async changeKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    this.kid = v7();
    this.signing = privateKey;
    this.keys = [{ ...(await exportJWK(publicKey)), kid: this.kid, alg: 'ES256', use: 'sig' }];
  }

  /** A good access token of a subject, but for what is said of it. */
  token(subject: string, claims: JWTPayload = {}, header: { typ?: string } = {}): Promise<string> {
    return this.sign(this.claims(subject, claims), header);
  }

  sign(claims: JWTPayload, header: { typ?: string } = {}): Promise<string> {
    if (!this.signing) throw new Error('no key');
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: this.kid, ...header })
      .sign(this.signing);
  }

  claims(subject: string, claims: JWTPayload = {}): JWTPayload {
    const now = Math.floor(Date.now() / 1_000);
    return {
      iss: this.issuer,
      aud: AUDIENCE,
      sub: subject,
      client_id: 'console',
      scope: 'filodiretto:read filodiretto:write',
      iat: now,
      exp: now + 600,
      jti: v7(),
      ...claims,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.down) return void response.writeHead(502).end();
    const { issuer } = this;
    const said: Readonly<Record<string, object>> = {
      '/keys': { keys: this.keys },
      '/token': { access_token: 'nobody-looks-at-it', token_type: 'Bearer', id_token: this.idToken },
    };
    const description = {
      issuer,
      jwks_uri: `${issuer}/keys`,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      id_token_signing_alg_values_supported: ['ES256'],
    };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(said[request.url ?? ''] ?? description));
  }
}

/** Where the core is reached from outside, in the tests. */
const OURS = 'https://filodiretto.example';

/** What a page shows. */
export interface Shown {
  readonly status: number;
  readonly url: string;
  readonly location: string | undefined;
  readonly setCookies: readonly string[];
  readonly headers: Headers;
  readonly text: string;
}

/** A browser that goes step by step, with cookies; what is asked of our public address goes to a core of the tests. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(private readonly core: string) {}

  /** One request; redirects are not followed. A path alone is ours. */
  async go(path: string, init: RequestInit & { readonly headers?: Record<string, string> } = {}): Promise<Shown> {
    const url = new URL(path, OURS);
    const jar = this.jar(url.host);
    const asked = url.origin === OURS ? `${this.core}${url.pathname}${url.search}` : url.href;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(asked, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie ? { cookie } : {}), ...init.headers },
    });
    const setCookies = answer.headers.getSetCookie();
    for (const one of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '' || /expires=thu, 01 jan 1970|max-age=0/i.test(one)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      url: url.href,
      location: location === null ? undefined : new URL(location, url).href,
      setCookies,
      headers: answer.headers,
      text: await answer.text(),
    };
  }

  /** Goes to the login, chooses a person at the provider, and stops before coming back: gives the address of the callback. */
  async chosen(person: string, path = '/auth/login'): Promise<string> {
    let shown = await this.go(path);
    for (let steps = 0; steps < 10; steps += 1) {
      if (shown.location?.startsWith(`${OURS}/`)) return shown.location;
      shown =
        shown.location === undefined
          ? await this.go(shown.url, { method: 'POST', body: new URLSearchParams({ person }) })
          : await this.go(shown.location);
      if (shown.status >= 400) throw new Error(`${shown.url} answers ${shown.status}: ${shown.text}`);
    }
    throw new Error('the login has no end');
  }

  /** Logs in as a person; gives what the callback answers. */
  async login(person: string, path?: string): Promise<Shown> {
    return this.go(await this.chosen(person, path));
  }

  /** As a page of ours asks. */
  ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Shown> {
    const own = { origin: OURS, 'sec-fetch-site': 'same-origin', 'filodiretto-request': '1' };
    return this.go(path, { method, headers: { ...own, ...headers } });
  }

  /** The cookie of our session, as it would be stolen. */
  get cookie(): string {
    const value = this.jar(new URL(OURS).host).get('__Host-filodiretto');
    if (value === undefined) throw new Error('there is no session');
    return `__Host-filodiretto=${value}`;
  }

  private jar(host: string): Map<string, string> {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }
}
