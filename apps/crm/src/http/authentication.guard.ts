import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { networkOf, Problem } from '@filodiretto/platform';
import { AccessTokens } from '../identity/access-tokens.js';
import { Admissions } from '../identity/admissions.js';
import { Cookies } from '../identity/cookies.js';
import { fromOwnPages } from '../identity/own-pages.js';
import { neededScope, SAFE } from '../identity/scopes.js';
import { actAs, personOf } from '../isolation/acting.js';
import { CrmSettings } from '../settings.js';
import { OPERATION, type Operated } from './documented.js';
import type { Admission, Authenticated } from './operator.js';
import { TokenBuckets } from './token-buckets.js';

interface Request extends Authenticated {
  readonly method: string;
  readonly url: string;
  /** Of who asks: that which the trusted proxy says. */
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * What answers whoever asks: where weaknesses are told, that the process is well, its measures, the page where one logs in, logging in and out, the links
 * of letters, which prove themselves, and a citizen who knows the code of their case, or shows that an address is theirs.
 */
const OPEN =
  /^\/(|\.well-known\/security\.txt|health\/(live|ready)|metrics|auth\/(login|callback|logout|back-channel-logout)|azioni\/[\w-]{0,100}|public\/(tracked-cases|ratings|own-data(\/(codes|providers|logins|logins\/end|sessions|sessions\/end|cases|consents|requests))?))(\?|$)/;
const BEARER = /^Bearer +([\w.~+/=-]{12,8192})$/i;

/** What a request shows of who asks: a token, or the cookie of a session. */
interface Shown {
  readonly kind: 'token' | 'session';
  readonly secret: string;
  /** Stands for the secret. */
  readonly name: string;
}

/**
 * Recognises who asks by an access token of the identity provider, or by the session of a browser; without either, nothing
 * answers. Each has its pace, and so has each network address that shows what is nobody's: those of operators who already work
 * pass from there all the same. What a cookie vouches for changes something only when a page of ours asks it.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly requests: TokenBuckets;
  private readonly refusals: TokenBuckets;
  private readonly cookies: Cookies;
  private readonly publicUrl: string | undefined;

  constructor(
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(Admissions) private readonly admissions: Admissions,
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CrmSettings) settings: CrmSettings,
  ) {
    const { apiPerSecond, apiBurst, apiRefusedPerMinute } = settings;
    this.cookies = new Cookies(settings);
    this.publicUrl = settings.publicUrl;
    this.requests = new TokenBuckets({ perSecond: apiPerSecond, burst: apiBurst });
    this.refusals = new TokenBuckets({ perSecond: apiRefusedPerMinute / 60, burst: apiRefusedPerMinute });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN.test(request.url)) {
      actAs({ machine: 'a page that asks nobody to log in' });
      return true;
    }
    const shown = this.shownBy(request);
    const name = shown?.name ?? '';
    const network = networkOf(request.ip);
    if (!this.requests.has(name)) paced(this.refusals.look(network));
    const admission = shown && (await this.admitted(shown));
    if (!admission) {
      paced(this.refusals.take(network));
      throw new Problem('not-authenticated', 'Log in, or send an access token of the identity provider.', {
        challenge: shown?.kind === 'token' ? 'Bearer error="invalid_token"' : 'Bearer',
      });
    }
    paced(this.requests.take(name));
    request.admission = admission;
    request.operated = this.reflector.get<Operated | undefined>(OPERATION, context.getHandler());
    if (shown.kind === 'session' && !SAFE.has(request.method) && !fromOwnPages(request.headers, this.publicUrl)) {
      request.because = 'foreign_page';
      throw new Problem('foreign-page', 'Send the header Filodiretto-Request, from a page of the same origin.');
    }
    demandScope(request, admission, neededScope(request.method, request.url));
    actAs(personOf(admission.operator));
    return true;
  }

  /** A token counts before a cookie: who sends one means it. */
  private shownBy({ headers }: Request): Shown | undefined {
    const { authorization, cookie } = headers;
    const secret =
      typeof authorization === 'string'
        ? BEARER.exec(authorization)?.[1]
        : this.cookies.session(typeof cookie === 'string' ? cookie : undefined);
    if (secret === undefined) return undefined;
    const kind = typeof authorization === 'string' ? 'token' : 'session';
    return { kind, secret, name: createHash('sha256').update(secret).digest('base64url') };
  }

  private async admitted({ kind, secret, name }: Shown): Promise<Admission | undefined> {
    if (kind === 'session') return this.admissions.bySession(secret);
    const claims = await this.tokens.read(secret, name);
    return claims && this.admissions.byToken(claims);
  }
}

function paced(wait: number): void {
  if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
}

function demandScope(request: Authenticated, { scopes }: Admission, needed: string): void {
  if (scopes.has(needed)) return;
  request.because = 'scope';
  throw new Problem('not-allowed', `This needs a token of the scope ${needed}.`, {
    challenge: `Bearer error="insufficient_scope", scope="${needed}"`,
  });
}
