// Imported first by everything in this folder: Node's own modules only, since nothing may be installed yet.
// Whatever it prints goes to stderr, so that what follows owns stdout.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './installed.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24)) {
  console.error(`Filodiretto needs Node 20.19 or later (or 22.13, or 24); this is Node ${process.versions.node}.`);
  process.exit(1);
}

const tools = dirname(fileURLToPath(import.meta.url));
/** The root of the repository, whatever folder the command was given in. */
process.chdir(dirname(tools));

if (!isInstalled()) {
  tellUsage();
  // A process of its own, waited for: nothing is begun before its end. It ends npm when this one is stopped, however that is.
  const { status, error } = spawnSync(process.execPath, [join(tools, 'install.mjs')], { stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(1);
}

/** Ends the process with the words of a command's `--help`, where they can be read before anything is installed. */
function tellUsage() {
  const usage = process.argv[1]?.replace(/\.mjs$/, '.usage') ?? '';
  if (!process.argv.slice(2).some(word => word === '--help' || word === '-h') || !existsSync(usage)) return;
  process.stdout.write(readFileSync(usage, 'utf8'));
  process.exit(0);
}
