// Imported first by everything in this folder: Node's own modules only, since nothing may be installed yet.
// Whatever it prints goes to stderr, so that what follows owns stdout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24)) {
  console.error(`Filodiretto needs Node 20.19 or later (or 22.13, or 24); this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** The root of the repository, whatever folder the command was given in. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

// The stamp is inside node_modules: an interrupted installation leaves the folder, but not the stamp.
const stamp = 'node_modules/.installed';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error(
    'Installing the packages of package-lock.json: some minutes. With Node 20, npm warns that a few ask for 22: they run on 20 too.',
  );
  const { status, error } = spawnSync('npm', ['ci', '--no-progress'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error(
      error
        ? `npm could not be run: ${error.message}`
        : 'The packages could not be installed: npm says why above. The next start tries again from the beginning.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
