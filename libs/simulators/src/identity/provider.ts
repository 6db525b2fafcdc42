import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { type AccessToken, type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { Memory } from './adapter.js';
import { logoutPage, wordsPage } from './pages.js';
import type { Person } from './people.js';

/** What an application may ask to do with the API. */
const API_SCOPES = 'filodiretto:read filodiretto:write filodiretto:scim';
/** What a login with a second factor is called. */
export const SECOND_FACTOR = 'https://refeds.org/profile/mfa';
const ONE_FACTOR = 'https://refeds.org/profile/sfa';

/** An application that sends people here, or that has a secret of its own. */
export interface IdentityClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris?: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  readonly backchannelLogoutUri?: string;
}

export interface ProviderOptions {
  readonly issuer: string;
  /** What tokens for the API are meant for. */
  readonly audience: string;
  readonly clients: readonly IdentityClient[];
  /** For how long a token for the API is good. */
  readonly tokenSeconds: number;
}

/** Keys of one provider: one that signs, and those that once did. */
export function newKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    ...privateKey.export({ format: 'jwk' }),
    alg: 'ES256',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
}

/** The certified provider, with people instead of passwords. */
export function providerOf(
  options: ProviderOptions,
  people: ReadonlyMap<string, Person>,
  memory: Memory,
  keys: readonly JWK[],
): Provider {
  return new Provider(options.issuer, {
    adapter: model => memory.of(model),
    clients: options.clients.map(clientOf),
    clientDefaults: { id_token_signed_response_alg: 'ES256', require_auth_time: true },
    jwks: { keys: [...keys] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    acrValues: [ONE_FACTOR, SECOND_FACTOR],
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'email', ...API_SCOPES.split(' ')],
    claims: {
      openid: ['sub'],
      profile: ['name'],
      email: ['email', 'email_verified'],
      acr: null,
      auth_time: null,
      sid: null,
    },
    conformIdTokenClaims: false,
    // Applications are on this machine, which the provider's own guard of addresses forbids.
    fetch: (url, init) => fetch(url, { ...init, dispatcher: undefined }),
    pkce: { required: () => true },
    findAccount: async (_ctx, subject) => accountOf(people.get(subject)),
    loadExistingGrant: grantAll,
    extraTokenClaims: async (ctx, token) => (token.kind === 'AccessToken' ? saidOfLogin(ctx, token) : undefined),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    renderError: async (ctx, { error, error_description: words }) => {
      ctx.type = 'html';
      ctx.body = wordsPage(error, words ?? '');
    },
    ttl: {
      AccessToken: options.tokenSeconds,
      ClientCredentials: options.tokenSeconds,
      AuthorizationCode: 60,
      IdToken: 3_600,
      Session: 86_400,
      Interaction: 3_600,
      Grant: 86_400,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.type = 'html';
          ctx.body = logoutPage(form);
        },
        postLogoutSuccessSource: async ctx => {
          ctx.type = 'html';
          ctx.body = wordsPage('Uscita', 'Sei uscito.');
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => options.audience,
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => resourceOf(options),
      },
    },
  });
}

/** The API, as the provider knows it. */
export const resourceOf = ({ audience, tokenSeconds }: ProviderOptions) => ({
  scope: API_SCOPES,
  audience,
  accessTokenTTL: tokenSeconds,
  accessTokenFormat: 'jwt' as const,
  jwt: { sign: { alg: 'ES256' as const } },
});

type Client = NonNullable<Configuration['clients']>[number];
/** An application as the provider keeps it. */
export const clientOf = (client: IdentityClient): Client => ({
  client_id: client.id,
  client_secret: client.secret,
  redirect_uris: [...(client.redirectUris ?? [])],
  response_types: client.redirectUris ? ['code'] : [],
  grant_types: client.redirectUris ? ['authorization_code'] : ['client_credentials'],
  post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
  ...(client.backchannelLogoutUri
    ? { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }
    : {}),
});

const accountOf = (person: Person | undefined) =>
  person && {
    accountId: person.subject,
    claims: async () => ({
      sub: person.subject,
      name: person.name,
      email: person.email,
      email_verified: person.emailVerified ?? true,
    }),
  };

/** Nobody is asked whether an application of their own administration may know who they are. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { provider, session, client, account, result } = ctx.oidc;
  if (!session || !client || !account) return undefined;
  const known = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const grant =
    (known ? await provider.Grant.find(known) : undefined) ??
    new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile email');
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {})) grant.addResourceScope(resource, API_SCOPES);
  await grant.save();
  return grant;
}

/** When and how the person of a token logged in (RFC 9470), unless it was said already. */
function saidOfLogin(ctx: KoaContextWithOIDC | undefined, token: AccessToken) {
  const code = ctx?.oidc.entities.AuthorizationCode;
  return code ? { auth_time: code.authTime, ...(code.acr ? { acr: code.acr } : {}) } : token.extra;
}
export { ONE_FACTOR };
