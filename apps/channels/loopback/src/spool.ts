import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const EVERY_MS = 100;

/**
 * Takes the files of a folder in order of name, until the signal: a file is removed only when `take` has resolved, so that
 * a delivery is ours or still there. Names that start with a dot are files being written. Rejects as `take` does.
 */
export async function takeFiles(
  folder: string,
  take: (bytes: Uint8Array, name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  while (!signal.aborted) {
    const names = (await readdir(folder)).filter(name => !name.startsWith('.')).sort();
    for (const name of names) {
      if (signal.aborted) return;
      await take(await readFile(join(folder, name)), name);
      await rm(join(folder, name));
    }
    if (names.length === 0) await pause(EVERY_MS, signal);
  }
}

/** Resolves after a while, or at the signal. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
