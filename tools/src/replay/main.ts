import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inParallel } from '../bench/measure.js';
import { Core } from '../load/core.js';
import { argumentsOf, command } from '../runtime/command.js';
import { ROOT } from '../runtime/places.js';
import { readinessAt } from '../runtime/program.js';
import { untilStopped } from '../runtime/until-stopped.js';
import { tell } from '../runtime/words.js';
import { fixedPorts, freePorts } from '../system/addresses.js';
import { issuerAt } from '../identity/identity-provider.js';
import { operatorsIn } from '../system/operators.js';
import { keptSecrets } from '../system/secrets.js';
import { DEMONSTRATION } from '../system/services.js';
import { everySystem, System } from '../system/system.js';
import { replay, type ReplayDoors } from './doors.js';
import { filesOf } from './files.js';
import { reconcile, type Reconciliation } from './reconcile.js';

const USAGE = `npm run replay -- DIR [--json] [--data DIR] [--port-offset N]
  Feeds every mail (and every webhook of a provider) under DIR through the real channels into the running core, and
  reconciles: what was read, what it became, what was lost. Uses the system that npm start runs on that data folder and
  those ports; when none runs, one of its own that is thrown away.`;
const AT_ONCE = 4;

interface Target {
  readonly core: Core;
  readonly doors: ReplayDoors;
  close(): Promise<void>;
}

/** `npm run replay`. Gives the exit code: 0 when nothing was lost. */
export const replayFolder = (args: readonly string[]): Promise<number> =>
  untilStopped(everySystem, () => command(() => replayed(args)));

async function replayed(args: readonly string[]): Promise<number> {
  const { values, positionals } = argumentsOf(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      data: { type: 'string' },
      'port-offset': { type: 'string', default: '0' },
    },
  });
  const [folder] = positionals;
  if (values.help || !folder || !existsSync(folder) || !statSync(folder).isDirectory()) {
    (values.help ? process.stdout : process.stderr).write(
      `${folder && !values.help ? `There is no folder ${folder}.\n` : ''}${USAGE}\n`,
    );
    return values.help ? 0 : 2;
  }
  const { files, passedOver } = filesOf(resolve(folder));
  if (passedOver.length > 0) tell(`Neither mails nor webhooks, passed over: ${passedOver.length}.`);
  const offset = Number(values['port-offset']);
  const target =
    (await running(
      offset,
      resolve(ROOT, values.data ?? (offset === 0 ? '.data' : join('.data', `offset-${offset}`))),
    )) ?? (await ownSystem());
  try {
    tell(`Replaying ${files.length} files …`);
    const held: { file: string; receptions: readonly string[] }[] = [];
    await inParallel(files.length, AT_ONCE, async index => {
      const file = files[index];
      if (!file) return;
      const answer = await replay(target.doors, file);
      if ('refused' in answer) tell(`${file.file} was refused: ${answer.refused}`);
      held.push({ file: file.file, receptions: 'refused' in answer ? [] : answer.receptions });
    });
    const sum = await reconcile(target.core, held);
    print(sum, values.json ?? false);
    return sum.lost === 0 ? 0 : 1;
  } finally {
    await target.close();
  }
}

function print(sum: Reconciliation, json: boolean): void {
  const { lostFiles, ...told } = sum;
  lostFiles.forEach(file => tell(`lost: ${file}`));
  if (json) {
    process.stdout.write(`${JSON.stringify(told)}\n`);
    return;
  }
  const { parked, ...counts } = told;
  process.stdout.write(
    `${Object.entries(counts)
      .map(([name, count]) => `${name.padEnd(11)} ${count}`)
      .join('\n')}\nparked      ${parked.length}\n`,
  );
  for (const { file, reason } of parked) process.stdout.write(`  ${file}: ${reason}\n`);
}

/** The system that `npm start` runs, if it does. */
async function running(offset: number, folder: string): Promise<Target | undefined> {
  const ports = fixedPorts(offset, process.env);
  const crm = `http://127.0.0.1:${ports.crm}`;
  const operatorsFile = join(folder, 'operators.json');
  if (!existsSync(operatorsFile) || (await readinessAt(`${crm}/health/ready`)) !== true) return undefined;
  const [operator] = await operatorsIn(operatorsFile, issuerAt(ports.identity));
  if (!operator) return undefined;
  tell(`Into the running core at ${crm}.`);
  const at = (port: number): string => `http://127.0.0.1:${port}/webhook`;
  return {
    core: new Core(crm, operator.token),
    doors: {
      smtp: `smtp://127.0.0.1:${ports.smtp}`,
      mailbox: DEMONSTRATION.mailboxes[0].address,
      webhooks: { whatsapp_business_account: at(ports.whatsapp), page: at(ports.facebook) },
      appSecret: keptSecrets(folder).metaAppSecret,
    },
    close: () => Promise.resolve(),
  };
}

async function ownSystem(): Promise<Target> {
  tell('No core runs: starting one of its own.');
  const folder = mkdtempSync(join(tmpdir(), 'filodiretto-replay-'));
  const system = new System({
    folder,
    ports: await freePorts(),
    throwAway: true,
    tell,
    died: program => tell(`${program.name} died.\n${program.lastLines()}`),
  });
  const close = async (): Promise<void> => {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.start();
  } catch (error) {
    await close();
    throw error;
  }
  const { urls } = system;
  return {
    core: new Core(urls.crm, system.operators[0]?.token ?? ''),
    doors: {
      smtp: urls.channels.email.smtp,
      mailbox: DEMONSTRATION.mailboxes[0].address,
      webhooks: {
        whatsapp_business_account: `${urls.channels.whatsapp}/webhook`,
        page: `${urls.channels.facebook}/webhook`,
      },
      appSecret: system.secrets.metaAppSecret,
    },
    close,
  };
}
