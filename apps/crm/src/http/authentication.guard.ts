import { createHash } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';
import { AccessTokens } from '../identity/access-tokens.js';
import { Admissions, type Admission } from '../identity/admissions.js';
import { neededScope } from '../identity/scopes.js';
import { CrmSettings } from '../settings.js';
import { networkOf } from './network.js';
import type { Authenticated } from './operator.js';
import { TokenBuckets } from './token-buckets.js';

interface Request extends Authenticated {
  readonly method: string;
  readonly url: string;
  /** Of who asks: that which the trusted proxy says. */
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * What answers whoever asks: that the process is well, its measures, the links of letters, which prove themselves, and a
 * citizen who knows the code of their case.
 */
const OPEN = /^\/(health\/(live|ready)|metrics|azioni\/[\w-]{0,100}|public\/cases\/[^/?]+)(\?|$)/;
const BEARER = /^Bearer +([\w.~+/=-]{12,8192})$/i;

/**
 * Recognises who asks by an access token of the identity provider; without one, nothing answers. Each token has its pace, and
 * so has each network address that shows tokens of nobody: those of operators who already work pass from there all the same.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly requests: TokenBuckets;
  private readonly refusals: TokenBuckets;

  constructor(
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(Admissions) private readonly admissions: Admissions,
    @Inject(CrmSettings) { apiPerSecond, apiBurst, apiRefusedPerMinute }: CrmSettings,
  ) {
    this.requests = new TokenBuckets({ perSecond: apiPerSecond, burst: apiBurst });
    this.refusals = new TokenBuckets({ perSecond: apiRefusedPerMinute / 60, burst: apiRefusedPerMinute });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN.test(request.url)) return true;
    const { authorization } = request.headers;
    const [, token] = BEARER.exec(typeof authorization === 'string' ? authorization : '') ?? [];
    const name = token === undefined ? '' : createHash('sha256').update(token).digest('base64url');
    const network = networkOf(request.ip);
    if (!this.requests.has(name)) paced(this.refusals.look(network));
    const admission = token === undefined ? undefined : await this.admitted(token, name);
    if (!admission) {
      paced(this.refusals.take(network));
      throw new Problem('not-authenticated', 'Send an access token of the identity provider.', {
        challenge: token === undefined ? 'Bearer' : 'Bearer error="invalid_token"',
      });
    }
    paced(this.requests.take(name));
    demandScope(admission, neededScope(request.method));
    request.admission = admission;
    return true;
  }

  private async admitted(token: string, name: string): Promise<Admission | undefined> {
    const claims = await this.tokens.read(token, name);
    return claims && this.admissions.byToken(claims);
  }
}

function paced(wait: number): void {
  if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
}

function demandScope({ scopes }: Admission, needed: string): void {
  if (!scopes.has(needed))
    throw new Problem('not-allowed', `This needs a token of the scope ${needed}.`, {
      challenge: `Bearer error="insufficient_scope", scope="${needed}"`,
    });
}
