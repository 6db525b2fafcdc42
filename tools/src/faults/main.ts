import { argumentsOf, command } from '../runtime/command.js';
import { everySystem } from '../system/system.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { CannotGoOn, tell, wordsOf } from '../runtime/words.js';
import { FAULTS } from './faults.js';
import { Laboratory, type FaultResult } from './laboratory.js';

const USAGE = `npm run faults -- [--json] [--only NAME[,NAME…]]
  Starts a whole system of its own, kills its processes while citizens write, and counts what was lost or doubled.
  --json   one line of JSON per fault on standard output
  --only   ${FAULTS.map(fault => fault.name).join(', ')}`;

/** `npm run faults`. Gives the exit code: 0 when nothing was lost, doubled or out of order. */
export const faults = (args: readonly string[]): Promise<number> =>
  untilStopped(everySystem, interrupted => command(() => killed(args, interrupted)));

async function killed(args: readonly string[], interrupted: Promise<void>): Promise<number> {
  const { values } = argumentsOf(USAGE, {
    args: [...args],
    options: { json: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const only = values.only?.split(',');
  const unknown = only?.filter(name => !FAULTS.some(fault => fault.name === name)) ?? [];
  if (unknown.length > 0) throw new CannotGoOn(`There is no fault ${unknown.join(', ')}.\n\n${USAGE}`);
  const chosen = FAULTS.filter(fault => !only || only.includes(fault.name));
  const laboratory = await Laboratory.open(tell);
  const results: FaultResult[] = [];
  let stopped = false;
  void interrupted.then(() => (stopped = true));
  try {
    for (const fault of chosen) {
      if (stopped) break;
      tell(`${fault.name} …`);
      const result = await fault.run(laboratory).catch((error: unknown) => {
        tell(`${fault.name} proves nothing: ${wordsOf(error)}`);
      });
      if (!result) continue;
      results.push(result);
      process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${line(result)}\n`);
    }
  } finally {
    await laboratory.close();
  }
  return results.every(survived) && results.length === chosen.length ? 0 : 1;
}

const survived = ({ lost, duplicated, misordered }: FaultResult): boolean =>
  lost === 0 && duplicated === 0 && misordered === 0;
const line = (result: FaultResult): string =>
  `${survived(result) ? 'survived' : 'FAILED  '} ${result.fault.padEnd(28)} sent ${result.sent}, accepted ${result.accepted}, lost ${result.lost}, duplicated ${result.duplicated}, out of order ${result.misordered}, recovered in ${result.recoveredInMs} ms${(result.wrong ?? []).map(one => `\n    ${one}`).join('')}`;
