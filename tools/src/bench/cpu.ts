import { readFileSync } from 'node:fs';
import type { System } from '../system/system.js';
import { familyOf } from './memory.js';

/** What the kernel counts in: a hundredth of a second. */
const TICK_MS = 10;

/**
 * Milliseconds of CPU that a process and all it started took so far; of those that ended, as far as they were waited for. Says
 * more than a rate where others use the machine too. 0 where the system does not tell.
 */
export const cpuMilliseconds = (root: number | undefined): number =>
  root === undefined ? 0 : familyOf(root).reduce((sum, pid) => sum + ticksOf(pid, pid === String(root)), 0) * TICK_MS;

/** Milliseconds of CPU of each process of the system and of this one, which loads it, from now until it is asked. */
export function cpuByProcess(
  system: System,
): () => readonly { readonly name: string; readonly milliseconds: number }[] {
  const roots = [
    ...[...system.programs.values()].map(({ name, pid }) => ({ name, of: () => cpuMilliseconds(pid) })),
    {
      name: 'the load',
      of: () => {
        const { user, system: kernel } = process.cpuUsage();
        return (user + kernel) / 1_000;
      },
    },
  ];
  const before = roots.map(({ of }) => of());
  return () => roots.map(({ name, of }, index) => ({ name, milliseconds: of() - (before[index] ?? 0) }));
}

function ticksOf(pid: string, withEnded: boolean): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields.slice(11, withEnded ? 15 : 13).reduce((sum, ticks) => sum + Number(ticks), 0);
  } catch {
    // It ended while we looked.
    return 0;
  }
}
