import { createHmac } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRIES, USERS } from '../channel/deploy.js';
import { namesOf } from '../channel/names.js';
import { ROOT } from '../runtime/places.js';

/** Whoever says no name: scripts, and the bench. A demonstration hides its bus from nobody on the machine. */
const ANYBODY = 'anybody';

/** How one process says to the bus who it is. */
export interface BusUser {
  readonly user: string;
  readonly password: string;
}

/** A service as a user of a demonstration's bus. The server reads a password as a value of its configuration: it begins with a letter. */
export const busUser = (service: string, busKey: string): BusUser => ({
  user: service,
  password: `p${createHmac('sha256', busKey).update(service).digest('hex')}`,
});

/**
 * Writes who may say and hear what on a demonstration's bus, and gives the path: what is deployed, as it is deployed, with an entry
 * made as for a new channel for each service that is not.
 */
export function writeBusUsers(folder: string, services: readonly string[], busKey: string): string {
  const path = join(folder, 'nats.conf');
  const users = services.reduce(withUser, readFileSync(join(ROOT, USERS), 'utf8'));
  const filled = users.replaceAll(/\$(\w+)_NATS_PASSWORD/g, (_, env: string) => {
    return busUser(env.toLowerCase().replaceAll('_', '-'), busKey).password;
  });
  const anybody = `  { user: ${ANYBODY}, password: ${busUser(ANYBODY, busKey).password} }\n]`;
  rmSync(path, { force: true });
  writeFileSync(path, `authorization {\n${filled.replace(/\]\s*$/, anybody)}\n}\nno_auth_user: ${ANYBODY}\n`, {
    mode: 0o600,
  });
  return path;
}

function withUser(users: string, service: string): string {
  if (users.includes(`user: ${service},`)) return users;
  const names = namesOf(service, service);
  const entry = ENTRIES.find(({ path }) => path === USERS);
  if ('wrong' in names || !entry) throw new Error(`${service} cannot be a user of the bus`);
  return entry.add(users, names);
}
