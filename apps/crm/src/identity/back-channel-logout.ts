import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@filodiretto/platform';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';
import { IdentityProvider } from './identity-provider.js';
import { SIGNATURES } from './signatures.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_AGE_SECONDS = 120;
const TOLERANCE_SECONDS = 5;
const TYPES = new Set(['logout+jwt', 'jwt']);

/** The provider says that somebody logged out there (OpenID Connect Back-Channel Logout 1.0). */
@Injectable()
export class BackChannelLogout {
  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Ends the sessions that a logout token names. `false`: it is not one, or was obeyed before; nothing happened. */
  async obey(token: string): Promise<boolean> {
    const claims = await this.verified(token);
    if (!claims) return false;
    const { sub, sid, jti } = claims;
    const ended = await this.dataSource.transaction(async manager => {
      const first: unknown[] = await manager.query(
        'insert into spent_logout_token (issuer, jti) values ($1, $2) on conflict do nothing returning jti',
        [this.provider.issuer, jti],
      );
      if (first.length === 0) return undefined;
      const [, count]: [unknown, number] = await manager.query(
        `delete from operator_session where issuer = $1
           and ($2::text is null or subject = $2) and ($3::text is null or sid = $3)`,
        [this.provider.issuer, sub ?? null, sid ?? null],
      );
      return count;
    });
    if (ended !== undefined) this.log.info({ subject: sub, ended }, 'the identity provider ended sessions');
    return ended !== undefined;
  }

  private async verified(token: string): Promise<(JWTPayload & { sid?: string; jti: string }) | undefined> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.provider.key, {
        issuer: this.provider.issuer,
        audience: this.settings.oidcClientId,
        algorithms: SIGNATURES,
        clockTolerance: TOLERANCE_SECONDS,
        maxTokenAge: MAX_AGE_SECONDS,
        requiredClaims: ['iat', 'jti', 'events'],
      });
      const { events, nonce, sub, sid, jti } = payload;
      const isLogout =
        TYPES.has((protectedHeader.typ ?? 'jwt').toLowerCase()) &&
        nonce === undefined &&
        typeof events === 'object' &&
        events !== null &&
        typeof (events as Record<string, unknown>)[EVENT] === 'object' &&
        (sub !== undefined || sid !== undefined) &&
        (sid === undefined || typeof sid === 'string') &&
        typeof jti === 'string' &&
        jti.length <= 500;
      return isLogout ? { ...payload, jti, ...(sid === undefined ? {} : { sid }) } : undefined;
    } catch (fault) {
      if (fault instanceof errors.JOSEError) return undefined;
      throw fault;
    }
  }
}
