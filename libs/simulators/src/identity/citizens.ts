import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { Memory } from './adapter.js';
import { bodyOf } from './body.js';
import { CITIZENS, type InventedCitizen } from './invented-citizens.js';
import { citizensPage, logoutPage, wordsPage } from './pages.js';

/** How strong a login is, as the federation calls it. */
export const SPID_LEVELS = [
  'https://www.spid.gov.it/SpidL1',
  'https://www.spid.gov.it/SpidL2',
  'https://www.spid.gov.it/SpidL3',
] as const;

/** An application of an administration, as the federation knows it: by the public halves of its keys. */
export interface CitizenClient {
  readonly id: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** Of its keys the public halves: `use` says which signs and which what is sent is encrypted for. */
  readonly keys: readonly object[];
}

export interface CitizenSimulatorOptions {
  readonly port: number;
  readonly clients: readonly CitizenClient[];
  /** Where the control API learns of more of them; absent: nowhere. */
  readonly controlled?: boolean;
}

const INTERACTION = /^\/interaction\/([\w-]+)$/;
const FISCAL_NUMBER = 'https://attributes.eid.gov.it/fiscal_number';
const ASKED = ['given_name', 'family_name', 'email', FISCAL_NUMBER];

/**
 * A provider of citizens for demonstrations and tests, in the shape in which the Italian federation meets who relies on it: the
 * certified one; applications prove themselves by a key (`private_key_jwt`), sign what they ask for, use PKCE, name how strong the
 * login must be; who somebody is comes signed, and encrypted for who has a key for it, beside an ID token that says nothing of them.
 * A citizen is chosen by one click, and no password exists.
 */
export class CitizenSimulator {
  private readonly memory = new Memory();
  private readonly provider: Provider;
  readonly issuer: string;

  constructor(
    private readonly server: Server,
    private readonly options: CitizenSimulatorOptions,
  ) {
    this.issuer = `http://127.0.0.1:${options.port}`;
    this.provider = providerOf(this.issuer, options, this.memory);
    const answer = this.provider.callback();
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.handle(request, response, answer).catch((error: unknown) => {
        response.writeHead(error instanceof TypeError ? 400 : 500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(error instanceof Error ? error.message : String(error));
      });
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve, reject) => this.server.close(error => (error ? reject(error) : resolve())));
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  ): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.issuer);
    if (INTERACTION.test(pathname)) return this.choose(request, response, pathname);
    if (this.options.controlled && request.method === 'POST' && pathname === '/_control/clients') {
      const client = clientOf(JSON.parse(await bodyOf(request)) as CitizenClient);
      await this.memory.of('Client').upsert(String(client.client_id), client, 0);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    // Whoever logged in before is forgotten, as the federation wants it: each login is one of its own.
    if (pathname === '/auth')
      request.headers.cookie = request.headers.cookie?.replace(/_citizen_session[^=]*=[^;]*;?\s*/g, '');
    await answer(request, response);
  }

  /** The page where a citizen is chosen, and what is chosen there. */
  private async choose(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { params } = await this.provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      const asked = typeof params.acr_values === 'string' ? params.acr_values.split(' ') : [];
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
      response.end(citizensPage(CITIZENS, path, SPID_LEVELS, asked));
      return;
    }
    const said = new URLSearchParams(await bodyOf(request));
    const citizen = CITIZENS.find(({ subject }) => subject === said.get('person'));
    const acr = SPID_LEVELS.find(one => one === said.get('acr')) ?? SPID_LEVELS[1];
    if (said.get('no') !== null) {
      await this.provider.interactionFinished(request, response, {
        error: 'access_denied',
        error_description: 'The citizen did not want to',
      });
      return;
    }
    if (!citizen) throw new TypeError('nobody of this name is here');
    await this.provider.interactionFinished(
      request,
      response,
      { login: { accountId: citizen.subject, acr, remember: true }, consent: {} },
      { mergeWithLastSubmission: false },
    );
  }
}

/** Starts it at a port of this machine. Whoever calls it must not be in production. */
export async function startCitizenSimulator(options: CitizenSimulatorOptions): Promise<CitizenSimulator> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return new CitizenSimulator(server, { ...options, port });
}

function providerOf(issuer: string, { clients }: CitizenSimulatorOptions, memory: Memory): Provider {
  return new Provider(issuer, {
    adapter: model => memory.of(model),
    clients: clients.map(clientOf),
    jwks: { keys: [newRsaKey()] },
    cookies: {
      keys: [randomBytes(24).toString('hex')],
      names: { session: '_citizen_session', interaction: '_citizen_interaction', resume: '_citizen_resume' },
    },
    acrValues: [...SPID_LEVELS],
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt'],
    scopes: ['openid'],
    claims: { openid: ['sub'], acr: null, given_name: null, family_name: null, email: null, [FISCAL_NUMBER]: null },
    conformIdTokenClaims: true,
    // Applications are on this machine, which the provider's own guard of addresses forbids.
    fetch: (url, init) => fetch(url, { ...init, dispatcher: undefined }),
    pkce: { required: () => true },
    findAccount: async (_ctx, subject) => accountOf(CITIZENS.find(one => one.subject === subject)),
    loadExistingGrant: grantAll,
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    renderError: async (ctx, { error, error_description: words }) => {
      ctx.type = 'html';
      ctx.body = wordsPage(error, words ?? '');
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Session: 3_600, Interaction: 3_600, Grant: 3_600 },
    features: {
      claimsParameter: { enabled: true },
      devInteractions: { enabled: false },
      encryption: { enabled: true },
      jwtUserinfo: { enabled: true },
      requestObjects: { enabled: true, requireSignedRequestObject: true },
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
    },
  });
}

function newRsaKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') };
}

type Client = NonNullable<Configuration['clients']>[number];
const clientOf = ({ id, redirectUris, postLogoutRedirectUris = [], keys }: CitizenClient): Client => ({
  client_id: id,
  redirect_uris: [...redirectUris],
  post_logout_redirect_uris: [...postLogoutRedirectUris],
  response_types: ['code'],
  grant_types: ['authorization_code'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'RS256',
  request_object_signing_alg: 'RS256',
  id_token_signed_response_alg: 'RS256',
  userinfo_signed_response_alg: 'RS256',
  ...(keys.some(key => 'use' in key && key.use === 'enc')
    ? { userinfo_encrypted_response_alg: 'RSA-OAEP', userinfo_encrypted_response_enc: 'A256CBC-HS512' }
    : {}),
  jwks: { keys: [...keys] },
});

const accountOf = (citizen: InventedCitizen | undefined) =>
  citizen && {
    accountId: citizen.subject,
    claims: async () => ({
      sub: citizen.subject,
      given_name: citizen.givenName,
      family_name: citizen.familyName,
      email: citizen.email,
      [FISCAL_NUMBER]: citizen.fiscalCode && `TINIT-${citizen.fiscalCode}`,
    }),
  };

/** Whoever chose to log in agreed to tell what was asked. */
async function grantAll(ctx: KoaContextWithOIDC) {
  const { provider, session, client, account } = ctx.oidc;
  if (!session || !client || !account) return undefined;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid');
  grant.addOIDCClaims(ASKED);
  await grant.save();
  return grant;
}
