import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist', 'out-tsc', '.nx', '.git', '.tools', '.data', '.cache', 'coverage']);

/** Files below a folder, sorted, by their path from the root; none when there is no such folder. */
export function filesBelow(root: string, folder: string): string[] {
  const found: string[] = [];
  const walk = (at: string): void => {
    for (const entry of entriesOf(join(root, at))) {
      if (SKIPPED.has(entry.name)) continue;
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  walk(folder);
  return found.sort();
}

const entriesOf = (folder: string): ReturnType<typeof readEntries> => {
  try {
    return readEntries(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};
const readEntries = (folder: string) => readdirSync(folder, { withFileTypes: true });

/** Names of the folders right below one, sorted. */
export const foldersIn = (root: string, folder: string): string[] =>
  entriesOf(join(root, folder))
    .filter(entry => entry.isDirectory() && !SKIPPED.has(entry.name))
    .map(entry => entry.name)
    .sort();

/** Files that the repository holds or would hold: known to git, or new and not ignored; all files where there is no git. */
export function repositoryFiles(root: string): string[] {
  try {
    return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\0')
      .filter(path => path !== '')
      .sort();
  } catch {
    return filesBelow(root, '');
  }
}

/** The text of a file, or `undefined` when it is gone or is not text. */
export function textOf(root: string, path: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return undefined;
    throw error;
  }
  return bytes.subarray(0, 8_000).includes(0) ? undefined : bytes.toString('utf8');
}
