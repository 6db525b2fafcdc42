import { Inject, Injectable } from '@nestjs/common';
import {
  assuranceOfLogin,
  CLAIMS_ASKED,
  citizenIn,
  LOGINS_ASKED,
  type Assurance,
  type CitizenClaims,
} from '@filodiretto/domain';
import { Problem, type Logger } from '@filodiretto/platform';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithJAR,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { DataSource, type EntityManager } from 'typeorm';
import { hashOf, newSecret } from '../identity/secret.js';
import { LOG } from '../log.js';
import { refused, type Refused } from '../refused.js';
import { CrmSettings } from '../settings.js';
import { Trail } from '../trail/trail.js';
import { CitizenIdentities } from './citizen-identities.js';
import { CitizenProviders, type CitizenProvider } from './citizen-providers.js';
import { OwnDataSessions, type Citizen } from './sessions.js';

/** How long a login may take. */
export const CITIZEN_LOGIN_SECONDS = 600;
/** Where citizens come back to, on their pages; a provider must know it. */
const RETURN = '/i-miei-dati/accesso';

interface Attempt {
  readonly administrationId: string;
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** A citizen who logged in, and what their provider said of them that is kept nowhere. */
export interface LoggedInCitizen {
  readonly session: string;
  readonly citizen: Citizen;
  readonly email: string | undefined;
}

const STALE = refused('not-found', 'The login is over, or was used: begin again.');
const REFUSED = refused('login-refused', 'The provider did not confirm who it is: begin again.');

/** Citizens log in by SPID or CIE: the authorisation code with PKCE. What the provider gives is read once and thrown away. */
@Injectable()
export class CitizenLogins {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(CitizenProviders) private readonly providers: CitizenProviders,
    @Inject(CitizenIdentities) private readonly identities: CitizenIdentities,
    @Inject(OwnDataSessions) private readonly sessions: OwnDataSessions,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Where to send a browser, and the secret that it must come back with. `undefined`: there is no such provider or administration.
   * Throws a `Problem` of 503 when the provider was never reached.
   */
  async begin(
    code: string,
    administration: string | undefined,
  ): Promise<{ readonly location: string; readonly login: string } | undefined> {
    const provider = await this.providers.one(code);
    if (!provider) return undefined;
    const roots: { id: string }[] = await this.dataSource.query(
      `select id from office where kind = 'administration' and ($1::uuid is null or id = $1) limit 2`,
      [administration ?? null],
    );
    const [root, another] = roots;
    if (!root || another) return undefined;
    const login = newSecret();
    const attempt = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const location = await this.locationOf(provider, attempt);
    await this.dataSource.query(
      `insert into citizen_login (secret_hash, administration_id, provider, state, nonce, code_verifier)
       values ($1, $2, $3, $4, $5, $6)`,
      [hashOf(login), root.id, code, attempt.state, attempt.nonce, attempt.codeVerifier],
    );
    return { location, login };
  }

  /** A browser comes back. An attempt is good once, whatever comes of it. Throws a `Problem` of 503 when the provider is away. */
  async finish(login: string, query: string): Promise<LoggedInCitizen | Refused> {
    const attempt = await this.take(login);
    const provider = attempt && (await this.providers.one(attempt.provider));
    if (!attempt || !provider) return STALE;
    const said = await this.claims(provider, attempt, query);
    if (said === 'refused') return REFUSED;
    const assurance = assuranceOfLogin(typeof said.acr === 'string' ? said.acr : undefined);
    if (!assurance) {
      this.log.warn({ provider: attempt.provider }, 'a citizen logged in by less than was asked for');
      return refused('login-too-weak', 'The login was by one factor alone: choose a stronger one.');
    }
    const claims = citizenIn(said);
    if (typeof claims === 'string') {
      this.log.warn({ provider: attempt.provider, because: claims }, 'a provider does not say who a citizen is');
      return refused('login-not-usable', 'The provider said no Italian fiscal code: nobody can be known by it.');
    }
    return this.dataSource.transaction(manager => this.open(manager, attempt, assurance, claims));
  }

  /** Where a browser goes to log out of a provider too; `undefined`: it cannot be told, or does not answer. */
  async leave(code: string): Promise<string | undefined> {
    try {
      const configuration = await (await this.providers.one(code))?.at.configuration();
      if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.pageAt('/i-miei-dati') }).href;
    } catch (fault) {
      if (fault instanceof Problem) return undefined;
      throw fault;
    }
  }

  private async open(
    manager: EntityManager,
    { administrationId, provider }: Attempt,
    { level }: Assurance,
    claims: CitizenClaims,
  ): Promise<LoggedInCitizen> {
    const identity = await this.identities.loggedIn(manager, { administrationId, claims, level, provider });
    const opened = await this.sessions.ofIdentity(manager, {
      administrationId,
      identity: identity.id,
      level,
      provider,
    });
    await this.trail.write(manager, {
      operator: { id: opened.citizen.contactId ?? identity.id, administrationId },
      actorKind: 'contact',
      operation: 'openOwnDataByLogin',
      act: 'changed',
      subjectKind: 'citizen-identities',
      subjectId: identity.id,
      fields: [],
    });
    return { ...opened, email: claims.email };
  }

  /** What is asked of a provider, signed where we have a key and it reads signed requests. */
  private async locationOf(
    { at, key }: CitizenProvider,
    { state, nonce, codeVerifier }: Pick<Attempt, 'state' | 'nonce' | 'codeVerifier'>,
  ): Promise<string> {
    const configuration = await at.configuration();
    const asked = {
      redirect_uri: this.pageAt(RETURN),
      response_type: 'code',
      scope: 'openid',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      // The federation wants both, so that nobody is logged in by whoever used the browser before.
      prompt: 'consent login',
      acr_values: LOGINS_ASKED.join(' '),
      claims: JSON.stringify({ userinfo: CLAIMS_ASKED }),
    };
    const { request_parameter_supported: signs } = configuration.serverMetadata();
    if (key === undefined || signs !== true) return buildAuthorizationUrl(configuration, asked).href;
    const location = await buildAuthorizationUrlWithJAR(configuration, asked, key);
    // Beside the signed request, as SPID wants it.
    location.searchParams.set('scope', asked.scope);
    location.searchParams.set('response_type', asked.response_type);
    return location.href;
  }

  private async take(login: string): Promise<Attempt | undefined> {
    const [rows]: [Attempt[], number] = await this.dataSource.query(
      `delete from citizen_login where secret_hash = $1 and began_at > now() - make_interval(secs => $2)
       returning administration_id as "administrationId", provider, state, nonce, code_verifier as "codeVerifier"`,
      [hashOf(login), CITIZEN_LOGIN_SECONDS],
    );
    return rows[0];
  }

  /** What the provider says, its signatures verified: the ID token, and what is said of the person beside it. */
  private async claims(
    { at }: CitizenProvider,
    attempt: Attempt,
    query: string,
  ): Promise<Readonly<Record<string, unknown>> | 'refused'> {
    const configuration = await at.configuration();
    try {
      const tokens = await authorizationCodeGrant(configuration, new URL(`${this.pageAt(RETURN)}?${query}`), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (!token) return 'refused';
      if (configuration.serverMetadata().userinfo_endpoint === undefined) return token;
      const person = await fetchUserInfo(configuration, tokens.access_token, token.sub);
      // How they logged in, the ID token alone says.
      return { ...person, acr: undefined, ...token };
    } catch (fault) {
      if (
        fault instanceof ClientError ||
        fault instanceof ResponseBodyError ||
        fault instanceof AuthorizationResponseError ||
        fault instanceof WWWAuthenticateChallengeError
      ) {
        // Codes alone: what a provider writes in words may hold who it is about.
        this.log.warn({ provider: attempt.provider, code: fault.code }, "a citizen's login was refused");
        return 'refused';
      }
      throw fault;
    }
  }

  private pageAt(path: string): string {
    const { citizenPagesUrl } = this.settings;
    if (citizenPagesUrl === undefined) throw new Error('citizens have no pages to come back to');
    return `${citizenPagesUrl.replace(/\/+$/, '')}${path}`;
  }
}
