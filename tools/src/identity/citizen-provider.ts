import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CitizenClient } from '@filodiretto/simulators/identity';
import { issuerAt } from './identity-provider.js';

/** How the citizens' pages are called at their provider. */
const CLIENT = 'filodiretto-cittadini';

interface Keys {
  readonly signing: string;
  readonly decryption: string;
}

/** Our keys at the citizens' provider, kept in a folder of a demonstration; made where there are none. */
export function citizenKeys(folder: string): Keys {
  const file = join(folder, 'citizen-keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  const made = (): string =>
    generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey;
  const keys = { signing: made(), decryption: made() };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

/** The citizens' pages as the provider knows them. */
export const citizenClient = (pages: string, { signing, decryption }: Keys): CitizenClient => ({
  id: CLIENT,
  redirectUris: [`${pages}/i-miei-dati/accesso`],
  postLogoutRedirectUris: [`${pages}/i-miei-dati`],
  keys: [
    { ...createPublicKey(signing).export({ format: 'jwk' }), kid: 'firma', use: 'sig', alg: 'RS256' },
    { ...createPublicKey(decryption).export({ format: 'jwk' }), kid: 'cifra', use: 'enc', alg: 'RSA-OAEP' },
  ],
});

/** The setting of the core: SPID and CIE, which one provider stands for. */
export const citizenProviders = (port: number, { signing, decryption }: Keys): string =>
  JSON.stringify(
    [
      ['spid', 'SPID'],
      ['cie', 'CIE'],
    ].map(([kind, name]) => ({
      code: kind,
      name,
      kind,
      issuer: issuerAt(port),
      clientId: CLIENT,
      signingKey: signing,
      signingKeyId: 'firma',
      decryptionKey: decryption,
      decryptionKeyId: 'cifra',
    })),
  );
