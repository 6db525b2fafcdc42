import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the journeys looked at with axe, as they wrote it down; they fail when it is no longer so. */
export interface Checked {
  /** The day on which it was written down. */
  readonly on: string;
  /** Version of axe-core. */
  readonly axe: string;
  readonly rules: readonly string[];
  /** Pages and the states of them, each in the languages, widths and colours of the journeys. */
  readonly states: readonly string[];
  readonly violations: number;
}

/** Reads it once, from beside the pages. Throws when it is not there. */
export const readChecked = (): Checked =>
  JSON.parse(
    readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../accessibility.json'), 'utf8'),
  ) as Checked;
