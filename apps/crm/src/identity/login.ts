import { Inject, Injectable } from '@nestjs/common';
import { Problem, type Logger } from '@filodiretto/platform';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  type IDToken,
} from 'openid-client';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';
import { Claimed } from './claimed.js';
import { IdentityProvider } from './identity-provider.js';
import { Identities } from './identities.js';
import { hashOf, newSecret } from './secret.js';
import { Sessions } from './sessions.js';

/** How long a login may take. */
export const LOGIN_SECONDS = 600;
/** For how long somebody who logged in again counts as having just done so. */
export const RECENT_SECONDS = 600;

/** Why nobody was let in, in a word. */
export class LoginRefused extends Error {
  constructor(
    readonly because: 'stale' | 'refused' | 'unknown_person',
    /** Who is linked to whom the provider named, and may not come in all the same. */
    readonly operator?: { readonly id: string; readonly administrationId: string },
  ) {
    super(because);
  }
}

interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  readonly maxAge: number;
}

/** Logging in by browser: the authorisation code with PKCE. The provider's tokens are read once and thrown away. */
@Injectable()
export class Login {
  constructor(
    @Inject(IdentityProvider) private readonly provider: IdentityProvider,
    @Inject(Identities) private readonly identities: Identities,
    @Inject(Claimed) private readonly claimed: Claimed,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Where to send a browser, and the secret of the cookie that it must come back with. `again`: even who is logged in. */
  async begin(returnTo: string | undefined, again: boolean): Promise<{ location: string; secret: string }> {
    const configuration = await this.provider.configuration();
    const { oidcStrongAcr } = this.settings;
    const secret = newSecret();
    const attempt = {
      state: randomState(),
      nonce: randomNonce(),
      codeVerifier: randomPKCECodeVerifier(),
      maxAge: again ? RECENT_SECONDS : this.settings.sessionHours * 3_600,
    };
    await this.dataSource.query(
      `insert into login_attempt (secret_hash, state, nonce, code_verifier, return_to, max_age) values ($1, $2, $3, $4, $5, $6)`,
      [hashOf(secret), attempt.state, attempt.nonce, attempt.codeVerifier, ownPath(returnTo), attempt.maxAge],
    );
    const location = buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback,
      scope: 'openid profile email',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
      // So that the provider says when they logged in.
      max_age: String(attempt.maxAge),
      ...(again ? { prompt: 'login' } : {}),
      ...(again && oidcStrongAcr.length > 0 ? { acr_values: oidcStrongAcr.join(' ') } : {}),
    });
    return { location: location.href, secret };
  }

  /**
   * A browser comes back from the provider. Gives the secret of the session that begins, in place of `before`, and where to go.
   * Throws `LoginRefused`, or a `Problem` of 503 when the provider is away.
   */
  async finish(came: {
    readonly query: string;
    readonly secret: string | undefined;
    readonly before: string | undefined;
    readonly userAgent: string | undefined;
  }): Promise<{ secret: string; returnTo: string }> {
    const attempt = came.secret === undefined ? undefined : await this.take(came.secret);
    if (!attempt) throw new LoginRefused('stale');
    const claims = await this.claims(attempt, new URL(`${this.callback}${came.query}`));
    const secret = await this.dataSource.transaction(async manager => {
      const operator = await this.identities.atLogin(manager, {
        subject: claims.sub,
        email: claims.email_verified === true && typeof claims.email === 'string' ? claims.email : undefined,
      });
      if (!operator) return undefined;
      await this.claimed.apply(manager, operator, claims);
      return this.sessions.begin(
        manager,
        {
          operator,
          issuer: this.provider.issuer,
          subject: claims.sub,
          sid: typeof claims.sid === 'string' ? claims.sid : undefined,
          acr: typeof claims.acr === 'string' ? claims.acr : undefined,
          authenticatedAt: new Date((claims.auth_time ?? claims.iat) * 1_000),
          userAgent: came.userAgent,
        },
        came.before,
      );
    });
    if (secret === undefined) {
      this.log.warn({ subject: claims.sub }, 'somebody logged in whom no operator is linked to');
      throw new LoginRefused('unknown_person', await this.identities.linkedTo(claims.sub));
    }
    return { secret, returnTo: attempt.returnTo };
  }

  /** Where a browser goes to log out of the provider too; our own start when that cannot be. */
  async endAtProvider(): Promise<string> {
    const home = `${this.publicUrl}/`;
    try {
      const configuration = await this.provider.configuration();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return home;
      return buildEndSessionUrl(configuration, { post_logout_redirect_uri: home }).href;
    } catch (fault) {
      if (fault instanceof Problem) return home;
      throw fault;
    }
  }

  /** An attempt is good once, whatever comes of it. */
  private async take(secret: string): Promise<Attempt | undefined> {
    const [rows]: [Attempt[], number] = await this.dataSource.query(
      `delete from login_attempt where secret_hash = $1 and began_at > now() - $2::int * interval '1 second'
       returning state, nonce, code_verifier as "codeVerifier", return_to as "returnTo", max_age as "maxAge"`,
      [hashOf(secret), LOGIN_SECONDS],
    );
    return rows[0];
  }

  private async claims(attempt: Attempt, cameTo: URL): Promise<IDToken> {
    const configuration = await this.provider.configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, cameTo, {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        maxAge: attempt.maxAge,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new LoginRefused('refused');
      return claims;
    } catch (fault) {
      if (
        fault instanceof ClientError ||
        fault instanceof ResponseBodyError ||
        fault instanceof AuthorizationResponseError
      ) {
        const because = fault.cause instanceof Error ? fault.cause.message : undefined;
        this.log.warn({ code: fault.code, words: fault.message, because }, 'a login was refused');
        throw new LoginRefused('refused');
      }
      throw fault;
    }
  }

  private get callback(): string {
    return `${this.publicUrl}/auth/callback`;
  }
  private get publicUrl(): string {
    const { publicUrl } = this.settings;
    if (publicUrl === undefined)
      throw new Problem('not-found', 'Nobody logs in by browser here: PUBLIC_URL is not set.');
    return publicUrl.replace(/\/+$/, '');
  }
}

const HOME = '/api/operators/me';

/** A path of ours, whatever was asked: nobody is sent elsewhere by a link to our login. */
export const ownPath = (path: string | undefined): string =>
  path !== undefined && path.length <= 2_000 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : HOME;
