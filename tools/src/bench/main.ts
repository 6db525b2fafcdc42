import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { tell } from '../runtime/words.js';
import { Bench } from './bench.js';
import type { Measure } from './measure.js';
import { startReady } from './start-ready.js';

const USAGE = `npm run bench -- [--json] [--quick] [--only NAMES]
  Measures the system against what this machine can do at most, in the same run.
  --json   the list of figures on standard output
  --quick  a tenth of the work: to see that it runs, not to compare
  --only   the figures whose names begin with one of these, separated by commas, and those measured with them: intake,e2e`;

/** `npm run bench`. Gives the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      help: { type: 'boolean' },
      only: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-bench-'));
  const only = values.only?.split(',');
  const asked = (names: readonly string[]): boolean =>
    only === undefined || only.some(prefix => names.some(name => name.startsWith(prefix)));
  const measures: Measure[] = [];
  const told = (measure: Measure): void => {
    measures.push(measure);
    tell(line(measure));
  };
  try {
    if (asked(['start.ready', 'memory.total'])) (await startReady(join(folder, 'start'), tell)).forEach(told);
    const running = await Bench.open(join(folder, 'system'), tell);
    try {
      const scale = values.quick ? 0.1 : 1;
      for await (const measure of running.all(scale, asked)) told(measure);
    } finally {
      await running.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(values.json ? `${JSON.stringify(measures)}\n` : `${measures.map(line).join('\n')}\n`);
  return 0;
}

const line = ({ name, value, unit, limit, ratio, how }: Measure): string =>
  `${name.padEnd(15)} ${String(value).padStart(9)} ${unit.padEnd(4)}${limit === undefined ? '' : ` limit ${limit}, ratio ${ratio ?? ''}`}  (${how})`;
