import { Seal } from '../draft/seal.js';

/** What a browser gives back of what it was given. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}
interface Reply {
  header(name: string, value: string | string[]): unknown;
  getHeader(name: string): number | string | string[] | undefined;
}

/** The code of a case that somebody follows, as their browser keeps it, sealed. */
interface Followed {
  readonly code: string;
  /** Milliseconds. */
  readonly until: number;
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
    const sealed = this.get(request, 'pratica');
    const opened = sealed === undefined ? undefined : this.seal.open('followed', Buffer.from(sealed, 'base64url'));
    if (!opened) return undefined;
    const { code, until } = JSON.parse(opened.toString()) as Followed;
    return until > Date.now() ? code : undefined;
  }
  setFollowed(reply: Reply, code: string): void {
    const said: Followed = { code, until: Date.now() + FOLLOWED_MS };
    const sealed = this.seal.close('followed', Buffer.from(JSON.stringify(said))).toString('base64url');
    this.set(reply, 'pratica', sealed, FOLLOWED_MS / 1_000);
  }
  forgetFollowed(reply: Reply): void {
    this.set(reply, 'pratica', '', 0);
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

  private set(reply: Reply, name: string, value: string, seconds: number): void {
    const before = reply.getHeader('set-cookie');
    const cookie = `${this.prefix}${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${this.https ? '; Secure' : ''}`;
    reply.header('set-cookie', [...(Array.isArray(before) ? before : before ? [String(before)] : []), cookie]);
  }
}
