import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argumentsOf, command } from '../runtime/command.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell } from '../runtime/words.js';
import { everySystem } from '../system/system.js';
import { archiveMeasures } from './archive-bench.js';
import { Bench } from './bench.js';
import type { Measure } from './measure.js';
import { startReady } from './start-ready.js';
import { uiMeasures } from './ui.js';

/** An archive that two cores make in some minutes. */
const CASES = 100_000;
const YEARS = 5;
/** Figures that need nothing but the archive. */
const OF_THE_ARCHIVE = ['queue.page.p95', 'search.p95', 'security.cost'];
const OF_THE_SCREENS = [
  'ui.console.ready',
  'ui.portal.ready',
  'ui.console.kb',
  'ui.portal.kb',
  'ui.inp.p98',
  'ui.event.p95',
  'ui.call.p95',
];
const OF_THE_SYSTEM = ['webhook', 'intake', 'e2e', 'email', 'routing', 'deadline'];

const USAGE = `npm run bench -- [--json] [--quick] [--only NAMES] [--cases N] [--years N]
  Measures the system against what this machine can do at most, in the same run.
  --json   the list of figures on standard output
  --quick  a tenth of the work: to see that it runs, not to compare
  --only   the figures whose names begin with one of these, separated by commas, and those measured with them: intake,e2e
  --cases  how many cases the archive has that the queue page and search are measured over, unless told ${CASES}; a million are
           made in half an hour on two busy cores, and take 13 GB
  --years  over how many years they were opened, unless told ${YEARS}: 60000 in 0.3 are as many a month as a million in five
  --archive  a folder to keep the archive in: made there the first time, measured as it is from then on`;

/** `npm run bench`. Gives the exit code. */
export const bench = (args: readonly string[]): Promise<number> =>
  untilStopped(everySystem, () => command(() => measured(args)));

async function measured(args: readonly string[]): Promise<number> {
  const { values } = argumentsOf(USAGE, {
    args: [...args],
    options: {
      json: { type: 'boolean' },
      quick: { type: 'boolean' },
      help: { type: 'boolean' },
      only: { type: 'string' },
      cases: { type: 'string' },
      years: { type: 'string' },
      archive: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const scale = values.quick ? 0.1 : 1;
  const cases = values.cases === undefined ? CASES * scale : Number(values.cases);
  if (!Number.isInteger(cases) || cases < 1_000) throw new CannotGoOn('--cases is a whole number from 1000 on.');
  const years = values.years === undefined ? YEARS : Number(values.years);
  if (!(years >= 0.1 && years <= 50)) throw new CannotGoOn('--years is a number from 0.1 to 50.');
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
    if (only === undefined || only.some(name => OF_THE_SYSTEM.some(group => name.startsWith(group)))) {
      const running = await Bench.open(join(folder, 'system'), tell);
      try {
        for await (const measure of running.all(scale, asked)) told(measure);
      } finally {
        await running.close();
      }
    }
    if (asked(OF_THE_SCREENS)) (await uiMeasures(join(folder, 'screens'), scale, tell)).forEach(told);
    if (asked(OF_THE_ARCHIVE)) {
      const kept = values.archive !== undefined;
      const of = resolve(values.archive ?? join(folder, 'archive'));
      (await archiveMeasures(of, { cases, years, kept }, tell)).forEach(told);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(values.json ? `${JSON.stringify(measures)}\n` : `${measures.map(line).join('\n')}\n`);
  return 0;
}

const line = ({ name, value, unit, limit, ratio, how }: Measure): string =>
  `${name.padEnd(15)} ${String(value).padStart(9)} ${unit.padEnd(4)}${limit === undefined ? '' : ` limit ${limit}, ratio ${ratio ?? ''}`}  (${how})`;
