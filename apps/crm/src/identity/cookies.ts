import type { CrmSettings } from '../settings.js';

const SECRET = /^[\w-]{43}$/;

/** The cookies of one installation: of sessions, and of logins on their way. */
export class Cookies {
  private readonly prefix: string;
  private readonly secure: string;

  /**
   * `__Host-` binds a cookie to our own host and to https. Only where the public address is plain http, which production never
   * has, does the name go without it.
   */
  constructor({ publicUrl, nodeEnv }: Pick<CrmSettings, 'publicUrl' | 'nodeEnv'>) {
    const open = nodeEnv !== 'production' && publicUrl?.startsWith('http://') === true;
    this.prefix = open ? '' : '__Host-';
    this.secure = open ? '' : ' Secure;';
  }

  /** The secret that a request brings, if any. */
  session(header: string | undefined): string | undefined {
    return this.valueOf(header, 'filodiretto');
  }
  login(header: string | undefined): string | undefined {
    return this.valueOf(header, 'filodiretto-login');
  }

  /** `Set-Cookie` that begins a session; without a secret, that ends it. */
  setSession(secret: string | undefined, seconds: number): string {
    return this.set('filodiretto', secret, seconds);
  }
  setLogin(secret: string | undefined, seconds: number): string {
    return this.set('filodiretto-login', secret, seconds);
  }

  private set(name: string, secret = '', seconds: number): string {
    const age = secret === '' ? 0 : seconds;
    return `${this.prefix}${name}=${secret}; Path=/; HttpOnly;${this.secure} SameSite=Lax; Max-Age=${age}`;
  }

  private valueOf(header: string | undefined, name: string): string | undefined {
    const start = `${this.prefix}${name}=`;
    const found = header?.split(/; */).filter(pair => pair.startsWith(start));
    // Two of a name: one was planted by somebody, and nobody can tell which.
    const [only] = found?.length === 1 ? found : [];
    const value = only?.slice(start.length);
    return value !== undefined && SECRET.test(value) ? value : undefined;
  }
}
