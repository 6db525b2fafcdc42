import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../runtime/program.js';
import { CannotGoOn, codeOf, type Tell } from '../runtime/words.js';

interface Footprint {
  readonly launcher: number;
  readonly children: readonly { readonly name: string; readonly pid: number; readonly command: string }[];
}

const fileIn = (folder: string): string => join(folder, 'running.json');

/** Writes down what runs on a data folder, so that a start after a kill -9 can clear what was left running. */
export function leaveFootprint(folder: string, children: Footprint['children']): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileIn(folder), JSON.stringify({ launcher: process.pid, children } satisfies Footprint));
}

export const removeFootprint = (folder: string): void => rmSync(fileIn(folder), { force: true });

/**
 * Makes a data folder ours. Throws when a launcher runs on it; stops the children of one that was killed, when they
 * are still what was written down. `beside` gives the offset at which all ports are free.
 */
export async function claim(folder: string, tell: Tell, beside: () => Promise<number>): Promise<void> {
  const file = fileIn(folder);
  if (!existsSync(file)) return;
  let footprint: Footprint;
  try {
    footprint = JSON.parse(readFileSync(file, 'utf8')) as Footprint;
  } catch {
    // Half written when the power went: nothing to learn from it.
    return removeFootprint(folder);
  }
  if (footprint.launcher !== process.pid && commandOf(footprint.launcher)?.includes('tools/start.mjs'))
    throw new CannotGoOn(
      `Filodiretto already runs on ${folder} (process ${footprint.launcher}). Stop it with Ctrl-C where it runs, or by\n` +
        `  kill ${footprint.launcher}\nA second one, with data of its own, beside it: npm start -- --port-offset ${await beside()}`,
    );
  const left = footprint.children.filter(({ pid, command }) => commandOf(pid) === command);
  if (left.length > 0) {
    tell(`The last start was killed: stopping what it left running (${left.map(one => one.name).join(', ')}).`);
    for (const { pid, name } of left) signal(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    for (let tries = 0; tries < 100 && left.some(({ pid, command }) => commandOf(pid) === command); tries += 1)
      await pause(100);
    for (const { pid, command } of left) if (commandOf(pid) === command) signal(pid, 'SIGKILL');
  }
  removeFootprint(folder);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** The command line of a process; nothing when there is none, or where the system does not show it. */
export function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}
