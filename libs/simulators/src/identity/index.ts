import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';
import { Memory } from './adapter.js';
import { bodyOf } from './body.js';
import { choicePage } from './pages.js';
import { peopleIn, type Person } from './people.js';
import {
  clientOf,
  newKey,
  ONE_FACTOR,
  providerOf,
  resourceOf,
  SECOND_FACTOR,
  type IdentityClient,
  type ProviderOptions,
} from './provider.js';

export type { IdentityClient, Person };
export {
  SPID_LEVELS,
  startCitizenSimulator,
  type CitizenClient,
  type CitizenSimulator,
  type CitizenSimulatorOptions,
} from './citizens.js';
export { CITIZENS, type InventedCitizen } from './invented-citizens.js';

export interface IdentitySimulatorOptions {
  readonly port: number;
  readonly audience: string;
  readonly clients: readonly IdentityClient[];
  readonly tokenSeconds?: number;
}

/** What a token of the control API is to say. */
interface TokenWish {
  readonly person: string;
  readonly scope?: string;
  readonly seconds?: number;
  /** When they logged in, in seconds of the epoch; absent: now. */
  readonly authTime?: number;
  readonly secondFactor?: boolean;
}

const INTERACTION = /^\/interaction\/([\w-]+)$/;
/** Everything but the provisioning of people. */
const OPERATORS_SCOPE = 'filodiretto:read filodiretto:write';

/**
 * A provider of identities for demonstrations and tests: the certified one, at which a person is chosen by one click, and no
 * password exists.
 *
 * Control API: `GET _control/token?person=`, `POST _control/tokens`, `POST _control/people`, `POST _control/clients`,
 * `POST _control/ages` (`{person, seconds}`: their next login is as old), `POST _control/keys`.
 */
export class IdentitySimulator {
  readonly people = new Map<string, Person>();
  private readonly memory = new Memory();
  /** For how many seconds somebody has already been logged in at their next login, by their subject. */
  private readonly ages = new Map<string, number>();
  private readonly options: ProviderOptions;
  private keys = [newKey()];
  private provider: Provider;
  private answer: (request: IncomingMessage, response: ServerResponse) => unknown;

  constructor(
    private readonly server: Server,
    { port, audience, clients, tokenSeconds = 86_400 }: IdentitySimulatorOptions,
  ) {
    this.options = {
      issuer: `http://127.0.0.1:${port}`,
      audience,
      clients,
      tokenSeconds,
    };
    [this.provider, this.answer] = this.made();
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.handle(request, response).catch((error: unknown) => {
        response.writeHead(error instanceof TypeError ? 400 : 500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(error instanceof Error ? error.message : String(error));
      });
    });
  }

  get issuer(): string {
    return this.options.issuer;
  }

  /** Tokens are signed by a new key from now on; those of the one before stay good unless it is `forgotten`. */
  changeKeys(forgotten = false): void {
    this.keys = forgotten ? [newKey()] : [newKey(), ...this.keys];
    [this.provider, this.answer] = this.made();
  }

  /** An access token of the API for a person, as a login would give it. */
  async tokenFor(wish: TokenWish): Promise<string> {
    const { AccessToken, Client, Grant, ResourceServer } = this.provider;
    const [own] = this.options.clients;
    const client = await Client.find(own?.id ?? '');
    if (!client) throw new Error('there is no application that a token could be for');
    const grant = new Grant({ accountId: wish.person, clientId: client.clientId });
    const token = new AccessToken({
      accountId: wish.person,
      client,
      grantId: await grant.save(),
      gty: 'authorization_code',
      scope: wish.scope ?? OPERATORS_SCOPE,
      expiresIn: wish.seconds ?? this.options.tokenSeconds,
      resourceServer: new ResourceServer(this.options.audience, resourceOf(this.options)),
      extra: {
        auth_time: wish.authTime ?? Math.floor(Date.now() / 1_000),
        acr: wish.secondFactor ? SECOND_FACTOR : ONE_FACTOR,
      },
    });
    return token.save();
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve, reject) => this.server.close(error => (error ? reject(error) : resolve())));
  }

  private made(): [Provider, (request: IncomingMessage, response: ServerResponse) => unknown] {
    const provider = providerOf(this.options, this.people, this.memory, this.keys);
    return [provider, provider.callback()];
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (url.pathname.startsWith('/_control/')) return this.control(request, url, response);
    if (INTERACTION.test(url.pathname)) return this.choose(request, url, response);
    await this.answer(request, response);
  }

  /** The page where a person is chosen, and what is chosen there. */
  private async choose(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const { params } = await this.provider.interactionDetails(request, response);
    const { acr_values: asked } = params;
    const strong = typeof asked === 'string' && asked.split(' ').includes(SECOND_FACTOR);
    if (request.method !== 'POST') {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
      response.end(choicePage([...this.people.values()], url.pathname, strong));
      return;
    }
    const person = new URLSearchParams(await bodyOf(request)).get('person') ?? '';
    if (!this.people.has(person)) throw new TypeError('nobody of this name is here');
    const ts = Math.floor(Date.now() / 1_000) - (this.ages.get(person) ?? 0);
    this.ages.delete(person);
    await this.provider.interactionFinished(
      request,
      response,
      { login: { accountId: person, acr: strong ? SECOND_FACTOR : ONE_FACTOR, remember: true, ts } },
      { mergeWithLastSubmission: false },
    );
  }

  private async control(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
    const action = `${request.method} ${url.pathname.slice('/_control/'.length)}`;
    const answer = (body: string, type = 'application/json'): void => {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
      response.end(body);
    };
    switch (action) {
      case 'GET token':
        return answer(await this.tokenFor({ person: this.known(url.searchParams.get('person')) }), 'text/plain');
      case 'POST tokens':
        return answer(JSON.stringify({ token: await this.tokenFor(JSON.parse(await bodyOf(request)) as TokenWish) }));
      case 'POST people':
        for (const person of peopleIn(JSON.parse(await bodyOf(request)))) this.people.set(person.subject, person);
        return answer('{}');
      case 'POST clients': {
        const client = clientOf(JSON.parse(await bodyOf(request)) as IdentityClient);
        await this.memory.of('Client').upsert(String(client.client_id), client, 0);
        return answer('{}');
      }
      case 'POST ages': {
        const { person, seconds } = JSON.parse(await bodyOf(request)) as { person: string; seconds: number };
        this.ages.set(this.known(person), seconds);
        return answer('{}');
      }
      case 'POST keys':
        this.changeKeys();
        return answer('{}');
      default:
        throw new TypeError(`no ${action} here`);
    }
  }

  private known(person: string | null): string {
    if (person === null || !this.people.has(person))
      throw new TypeError(`«${person}» is none of ${[...this.people.keys()].join(', ')}`);
    return person;
  }
}

/** Starts it at a port of this machine. Whoever calls it must not be in production. */
export async function startIdentitySimulator(options: IdentitySimulatorOptions): Promise<IdentitySimulator> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return new IdentitySimulator(server, { ...options, port });
}
