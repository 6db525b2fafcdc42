import { join } from 'node:path';
import type { CitizenSimulatorOptions, IdentitySimulatorOptions, Person } from '@filodiretto/simulators/identity';
import { ROOT } from '../runtime/places.js';
import { readinessAt, type ProgramPlan } from '../runtime/program.js';

/** The provider of those who work here, and, beside it, one of citizens. */
export interface IdentityProviderOptions extends IdentitySimulatorOptions {
  readonly citizens: CitizenSimulatorOptions;
}

/** How the core is called at the provider, and what tokens for its API are meant for. */
const CORE_CLIENT = 'filodiretto-crm';
const AUDIENCE = 'urn:filodiretto:api';

export const issuerAt = (port: number): string => `http://127.0.0.1:${port}`;

/** How to run the provider at a port. `core`: where the core is reached, and its secret. */
export function identityPlan(said: {
  readonly port: number;
  readonly log: string;
  readonly core: { readonly url: string; readonly secret: string };
  readonly citizens: CitizenSimulatorOptions;
  readonly apiClients?: IdentityProviderOptions['clients'];
}): ProgramPlan {
  const { url, secret } = said.core;
  const options: IdentityProviderOptions = {
    port: said.port,
    audience: AUDIENCE,
    citizens: said.citizens,
    clients: [
      {
        id: CORE_CLIENT,
        secret,
        redirectUris: [`${url}/auth/callback`],
        postLogoutRedirectUris: [`${url}/`],
        ...(url.startsWith('http://') ? { backchannelLogoutUri: `${url}/auth/back-channel-logout` } : {}),
      },
      ...(said.apiClients ?? []),
    ],
  };
  return {
    name: 'identity',
    command: process.execPath,
    args: [join('tools', 'dist/identity/main.js')],
    cwd: ROOT,
    log: said.log,
    env: { ...process.env, IDENTITY_PROVIDER: JSON.stringify(options) },
    readiness: () => readinessAt(`${issuerAt(said.port)}/.well-known/openid-configuration`),
    readySeconds: 60,
  };
}

/** Makes people known at the provider, so that they can be chosen there. */
export async function introduce(issuer: string, people: readonly Person[]): Promise<void> {
  await asked(`${issuer}/_control/people`, { method: 'POST', body: JSON.stringify(people) });
}

/** An access token for somebody the provider knows. */
export const tokenOf = (issuer: string, subject: string): Promise<string> =>
  asked(`${issuer}/_control/token?person=${encodeURIComponent(subject)}`);

async function asked(url: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return text;
}
