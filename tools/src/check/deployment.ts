import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, dockerfile } from './docker.js';
import { foldersIn } from './files.js';
import { knownSettings } from './known-settings.js';
import { kubernetes } from './kubernetes.js';

/** The files that put the system on a machine or a cluster: whole, safe by default, naming only settings that exist. */
export async function deployment(root: string): Promise<readonly string[]> {
  const example = join(root, '.env.example');
  if (!existsSync(example)) return ['.env.example is missing: npm run generate'];
  const settings = knownSettings(readFileSync(example, 'utf8'));
  const channels = foldersIn(root, 'apps/channels').filter(channel => channel !== 'loopback');
  return [
    ...dockerfile(root, readFileSync(join(root, 'docker/Dockerfile'), 'utf8')),
    ...compose(readFileSync(join(root, 'docker/compose.yaml'), 'utf8'), settings, channels),
    ...(await kubernetes(root, settings, channels)),
  ];
}
