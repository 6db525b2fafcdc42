import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'postgresAdmin',
  'postgresCrm',
  'busKey',
  'partitionKey',
  'tokenKey',
  'oidcClientSecret',
  'apiClientSecret',
  'citizenKey',
  'trailKey',
  'twilioAuthToken',
  'metaAppSecret',
  'metaVerifyToken',
  'metaAccessToken',
  'webformKey',
  'portalKey',
  'loopbackSecret',
  'chatKey',
  'altchaKey',
] as const;

/** The secrets of one demonstration: made for it, good for nothing else. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** The secrets kept in a data folder, the missing ones made: what was signed before is recognised after. */
export function keptSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  const secrets = Object.fromEntries(
    NAMES.map(name => {
      const value = kept[name];
      return [name, typeof value === 'string' ? value : randomBytes(32).toString('hex')];
    }),
  ) as Record<(typeof NAMES)[number], string>;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  return secrets;
}
