import { readdirSync, readFileSync } from 'node:fs';

const parentOf = (pid: string): string | undefined => {
  try {
    // The name of the command may hold anything, brackets too: what follows the last one is plain.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1];
  } catch {
    // It ended while we looked.
    return undefined;
  }
};

const proportional = (pid: string): number => {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

/** A process and all it started, by their ids. */
export function familyOf(root: number): string[] {
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name));
  const parents = new Map(processes.map(pid => [pid, parentOf(pid)]));
  const belongs = (pid: string | undefined): boolean =>
    pid === String(root) || (pid !== undefined && pid !== '0' && belongs(parents.get(pid)));
  return processes.filter(belongs);
}

/** Resident memory of a process and all it started, in megabytes; pages that several share are counted once (PSS). */
export const residentMegabytes = (root: number): number =>
  familyOf(root).reduce((sum, pid) => sum + proportional(pid), 0) / 1_024;
