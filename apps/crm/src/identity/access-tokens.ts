import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { CrmSettings } from '../settings.js';
import { IdentityProvider } from './identity-provider.js';
import { SIGNATURES } from './signatures.js';

/** What an access token says, once it is known to be the provider's. */
export interface TokenClaims {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
  /** When and how its person logged in, where the provider says it (RFC 9470). */
  readonly authenticatedAt?: Date;
  readonly acr?: string;
}

const TOLERANCE_SECONDS = 5;
/** For how long a token that was verified is not verified again: a key that was withdrawn is believed no longer than so. */
const BELIEVED_MS = 60_000;
const MAX_BELIEVED = 20_000;

/** Access tokens as JWTs of RFC 9068, of one provider and for this API. */
@Injectable()
export class AccessTokens {
  private readonly believed = new Map<string, { readonly claims: TokenClaims; readonly until: number }>();

  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
  ) {}

  /**
   * What a token says; `undefined` when it is not one of ours, or is no longer one. `name` stands for the token, so that it
   * need not be kept. Throws a `Problem` of 503 when the provider's keys cannot be had.
   */
  async read(token: string, name: string): Promise<TokenClaims | undefined> {
    const kept = this.believed.get(name);
    if (kept && kept.until > Date.now()) return kept.claims;
    this.believed.delete(name);
    const payload = await this.verified(token);
    const claims = payload && claimsOf(payload);
    if (!claims) return undefined;
    const [oldest] = this.believed.keys();
    if (this.believed.size >= MAX_BELIEVED && oldest !== undefined) this.believed.delete(oldest);
    this.believed.set(name, { claims, until: Math.min(Date.now() + BELIEVED_MS, claims.expiresAt.getTime()) });
    return claims;
  }

  private async verified(token: string): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.provider.key, {
        issuer: this.provider.issuer,
        audience: this.settings.oidcAudience,
        typ: 'at+jwt',
        algorithms: SIGNATURES,
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return payload;
    } catch (fault) {
      if (fault instanceof errors.JOSEError) return undefined;
      throw fault;
    }
  }
}

function claimsOf(payload: JWTPayload): TokenClaims | undefined {
  const { sub, exp, scope, acr, auth_time: loggedIn } = payload;
  // Not every provider writes the claim of RFC 9068; `azp` says the same.
  const clientId = payload.client_id ?? payload.azp;
  if (sub === undefined || sub === '' || exp === undefined || typeof clientId !== 'string') return undefined;
  return {
    subject: sub,
    clientId,
    expiresAt: new Date(exp * 1_000),
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    ...(typeof loggedIn === 'number' ? { authenticatedAt: new Date(loggedIn * 1_000) } : {}),
    ...(typeof acr === 'string' ? { acr } : {}),
  };
}
