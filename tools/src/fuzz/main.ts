import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentsOf, command } from '../runtime/command.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell } from '../runtime/words.js';
import { freePorts } from '../system/addresses.js';
import { everySystem, System } from '../system/system.js';
import { fuzz, naughty } from './fuzz.js';

const USAGE = `npm run fuzz -- [--json] [--rounds N] [--seed N]
  Asks a system of its own everything that the API's description has, as several operators and as nobody, with what it
  describes and with what it does not, then each text that programs trip over in each field of each body, and bodies that are
  larger to read than to send; says what faulted, answered otherwise than described or told of the inside.
  --json    the report on standard output
  --rounds  how many times each operation is asked, unless told 12
  --seed    of what is asked; the report says which it was`;

/** `npm run fuzz`. Gives the exit code: 0 when nothing was found. */
export const fuzzed = (args: readonly string[]): Promise<number> =>
  untilStopped(everySystem, () => command(() => run(args)));

async function run(args: readonly string[]): Promise<number> {
  const { values } = argumentsOf(USAGE, {
    args: [...args],
    options: {
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      rounds: { type: 'string', default: '12' },
      seed: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const [rounds, seed] = [Number(values.rounds), Number(values.seed ?? Date.now() % 1_000_000)];
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed))
    throw new CannotGoOn('--rounds and --seed are whole numbers.');
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-fuzz-'));
  const system = new System({
    folder,
    ports: await freePorts(),
    throwAway: true,
    tell,
    died: program => tell(`${program.name} died.\n${program.lastLines()}`),
  });
  try {
    await system.start();
    const askers = [...system.operators, { name: 'nobody' }];
    const report = await fuzz(system.urls.crm, { askers, rounds, seed });
    const { requests, answers, operations } = report;
    tell(
      `${requests} requests to ${operations} operations (seed ${seed}): ${JSON.stringify(answers)}; found ${report.findings.length}.`,
    );
    const texts = await naughty(system.urls.crm, { askers, seed });
    tell(
      `${texts.requests} requests: ${texts.texts} texts in ${texts.fields} fields, ${texts.bombs} bombs: ${JSON.stringify(texts.answers)}; found ${texts.findings.length}.`,
    );
    const findings = [...report.findings, ...texts.findings];
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...report, texts })}\n`
        : findings
            .map(one => `${one.why} ${one.status} ${one.operation} as ${one.as}\n  ${one.asked}\n  ${one.detail}\n`)
            .join(''),
    );
    return findings.length === 0 ? 0 : 1;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
