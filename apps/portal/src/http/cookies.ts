import { Seal } from '../draft/seal.js';

/** What a browser gives back of what it was given. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
interface Reply {
  header(name: string, value: string | string[]): unknown;
  getHeader(name: string): number | string | string[] | undefined;
}

/** What opens something for a while, the code of a case for instance, as a browser keeps it: sealed. */
interface Sealed {
  readonly code: string;
  /** Milliseconds. */
  readonly until: number;
  readonly who?: Who;
}

/** Who logged in by SPID or CIE, to be written in forms for them. */
export interface Who {
  readonly name: string;
  readonly email?: string;
}

const FOLLOWED_MS = 3_600_000;

/** The cookies of these pages: all are ours, needed for what the person asked, out of reach of scripts and of other sites. */
export class Cookies {
  private readonly prefix: string;
  constructor(
    private readonly seal: Seal,
    private readonly https: boolean,
  ) {
    this.prefix = https ? '__Host-' : '';
  }

  language(request: Asked): string | undefined {
    return this.get(request, 'lingua');
  }
  setLanguage(reply: Reply, language: string): void {
    this.set(reply, 'lingua', language, 31_536_000);
  }

  draft(request: Asked, form: string): string | undefined {
    return this.get(request, `bozza-${form}`);
  }
  setDraft(reply: Reply, form: string, id: string, seconds: number): void {
    this.set(reply, `bozza-${form}`, id, seconds);
  }
  forgetDraft(reply: Reply, form: string): void {
    this.set(reply, `bozza-${form}`, '', 0);
  }

  followed(request: Asked): string | undefined {
    return this.opened(request, 'pratica', 'followed')?.code;
  }
  setFollowed(reply: Reply, code: string): void {
    this.close(reply, 'pratica', 'followed', { code, until: Date.now() + FOLLOWED_MS });
  }
  forgetFollowed(reply: Reply): void {
    this.set(reply, 'pratica', '', 0);
  }

  /** What opens the data of a citizen who showed that an address is theirs, or logged in. */
  ownData(request: Asked): string | undefined {
    return this.opened(request, 'dati', 'own data')?.code;
  }
  /** Who logged in, while they are. */
  who(request: Asked): Who | undefined {
    return this.opened(request, 'dati', 'own data')?.who;
  }
  /** Who comes back from a provider comes from another site: this cookie and that of the login go along. */
  setOwnData(reply: Reply, session: string, until: number, who?: Who): void {
    this.close(reply, 'dati', 'own data', { code: session, until, ...(who ? { who } : {}) }, 'Lax');
  }
  forgetOwnData(reply: Reply): void {
    this.set(reply, 'dati', '', 0);
  }

  /** What a browser that was sent to a provider must come back with. */
  login(request: Asked): string | undefined {
    return this.opened(request, 'accesso', 'login')?.code;
  }
  setLogin(reply: Reply, login: string, until: number): void {
    this.close(reply, 'accesso', 'login', { code: login, until }, 'Lax');
  }
  forgetLogin(reply: Reply): void {
    this.set(reply, 'accesso', '', 0);
  }

  private opened(request: Asked, name: string, purpose: string): Sealed | undefined {
    const sealed = this.get(request, name);
    const opened = sealed === undefined ? undefined : this.seal.open(purpose, Buffer.from(sealed, 'base64url'));
    if (!opened) return undefined;
    const said = JSON.parse(opened.toString()) as Sealed;
    return said.until > Date.now() ? said : undefined;
  }

  private close(reply: Reply, name: string, purpose: string, said: Sealed, site: 'Strict' | 'Lax' = 'Strict'): void {
    const sealed = this.seal.close(purpose, Buffer.from(JSON.stringify(said))).toString('base64url');
    this.set(reply, name, sealed, Math.max(0, Math.floor((said.until - Date.now()) / 1_000)), site);
  }

  private get(request: Asked, name: string): string | undefined {
    const { cookie } = request.headers;
    if (typeof cookie !== 'string') return undefined;
    for (const pair of cookie.split(';')) {
      const [key, ...value] = pair.trim().split('=');
      if (key === this.prefix + name) return value.join('=') || undefined;
    }
    return undefined;
  }

  private set(reply: Reply, name: string, value: string, seconds: number, site: 'Strict' | 'Lax' = 'Strict'): void {
    const before = reply.getHeader('set-cookie');
    const cookie = `${this.prefix}${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=${site}${this.https ? '; Secure' : ''}`;
    reply.header('set-cookie', [...(Array.isArray(before) ? before : before ? [String(before)] : []), cookie]);
  }
}
