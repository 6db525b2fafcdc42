import { ROOT } from '../runtime/places.js';
import { describe } from '../runtime/program.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell, wordsOf } from '../runtime/words.js';
import { System } from '../system/system.js';
import { startOptions, USAGE, type StartOptions } from './options.js';
import { table } from './table.js';

/** So long may pass, in seconds, before the system begins: whatever is longer was preparing. */
const PREPARED_S = 5;

/** `npm start`: the whole system until it is stopped. Ends the process with its exit code. */
export async function start(args: readonly string[]): Promise<void> {
  let options: StartOptions | 'help';
  try {
    options = startOptions(args, process.env, ROOT);
  } catch (error) {
    tell(wordsOf(error));
    process.exitCode = 2;
    return;
  }
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const code = await run(options);
  if (code > 128) tell(`Stopped. What was written is kept in ${options.folder}.`);
  // Stopped when asked to is how it ends well.
  process.exit(code > 128 ? 0 : code);
}

async function run(options: StartOptions): Promise<number> {
  const began = Date.now();
  const before = Math.round(performance.now() / 1_000);
  let fail = (_why: Error): void => undefined;
  const died = new Promise<never>((_resolve, reject) => (fail = reject));
  // Nobody waits for it yet while the system starts.
  died.catch(() => undefined);
  const system = new System({
    ...options,
    tell,
    died: (program, ending) =>
      fail(new CannotGoOn(`${program.name} died (${describe(ending)}): stopping the rest.\n${program.lastLines()}`)),
  });
  return untilStopped(system, async interrupted => {
    tell('Starting Filodiretto.');
    await Promise.race([system.start(), died]);
    if (options.traffic !== undefined) system.startTraffic(options.traffic);
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    const { urls, operators } = system;
    if (options.json) process.stdout.write(`${JSON.stringify({ ready: true, urls, operators })}\n`);
    else process.stdout.write(`\n${table(urls, operators, options.folder)}\n\n`);
    tell(
      `Ready after ${seconds} s${before > PREPARED_S ? `, and ${before} s before them to install and compile` : ''}.${options.traffic !== undefined ? ' Invented citizens are writing.' : ''} Ctrl-C stops everything.`,
    );
    await Promise.race([died, interrupted]);
    return 0;
  });
}
