import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

// The stamp is inside node_modules: an interrupted installation leaves the folder, but not the stamp.
const STAMP = 'node_modules/.installed';

const lock = () => createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');

/** Whether the packages of package-lock.json are installed, in the folder of the process. */
export function isInstalled() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock();
}

/** Says that they are. */
export function nowInstalled() {
  // A new file: the folder may share the old one with a copy of it, made of links.
  rmSync(STAMP, { force: true });
  writeFileSync(STAMP, lock());
}
