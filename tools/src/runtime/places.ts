import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** A user of this machine. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Whether a user may enter a folder, and so every folder above it. Asked of the system, which knows of more than modes. */
export const mayEnter = (user: User | undefined, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;

/**
 * A folder, made if missing, that `user` may enter: `wanted`, or one that stands for it where everybody may. What stands
 * for it depends on `mark` too: after `wanted` was removed and made again, it is not the one of before.
 */
export function enterable(wanted: string, user: User | undefined, mark = ''): string {
  mkdirSync(wanted, { recursive: true });
  if (!user || mayEnter(user, wanted)) return wanted;
  const name = createHash('sha256').update(`${wanted}\0${mark}`).digest('hex').slice(0, 12);
  for (const shared of ['/var/lib/filodiretto', '/var/tmp/filodiretto', join(tmpdir(), 'filodiretto')]) {
    const folder = join(shared, name);
    try {
      mkdirSync(folder, { recursive: true });
      // Whatever the umask says.
      for (const one of [shared, folder]) chmodSync(one, 0o755);
    } catch {
      continue;
    }
    if (mayEnter(user, folder)) return folder;
  }
  throw new Error(`no folder was found that user ${user.uid} may enter`);
}

/** A new empty folder for things that are thrown away; other users may pass through it, not list it. */
export const throwAwayFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-'));
  chmodSync(folder, 0o711);
  return folder;
};
