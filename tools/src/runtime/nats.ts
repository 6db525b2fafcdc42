import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import type { ProgramPlan } from './program.js';
import { CannotGoOn, type Tell } from './words.js';

/** A nats-server of our own with JetStream, its store in `folder`, its users in a file of its configuration; without one, whoever comes is let in. */
export const natsServer = (said: {
  readonly binary: string;
  readonly folder: string;
  readonly port: number;
  readonly log: string;
  readonly config?: string;
}): ProgramPlan => {
  mkdirSync(said.folder, { recursive: true });
  return {
    name: 'nats-server',
    command: said.binary,
    args: [
      ...(said.config === undefined ? [] : ['-c', said.config]),
      '-js',
      '-sd',
      said.folder,
      '-a',
      '127.0.0.1',
      '-p',
      String(said.port),
    ],
    env: process.env,
    cwd: said.folder,
    log: said.log,
    readiness: () => greets(said.port),
  };
};

const greets = (port: number): Promise<true | string> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const end = (answer: true | string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('data', data =>
        end(data.toString('latin1').startsWith('INFO ') ? true : 'something else answers at its port'),
      )
      .once('timeout', () => end('it does not greet'))
      .once('error', error => end(error.message));
  });

const OLDEST = [2, 9, 10];

/**
 * The nats-server to run: NATS_SERVER_BIN, else the one on PATH or in the system's folders, else the one in
 * `.tools/nats`, unpacked there from the distribution's package when it is not there yet. Throws, with the remedies.
 */
export async function natsServerBinary(
  root: string,
  tell: Tell,
  env: Readonly<Record<string, string | undefined>> = process.env,
  systemFolders: readonly string[] = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'],
): Promise<string> {
  const given = env.NATS_SERVER_BIN;
  if (given) {
    if (!isExecutable(given)) throw new CannotGoOn(`NATS_SERVER_BIN is ${given}, which is not a program.`);
    return recentEnough(given);
  }
  const folders = [...pathOf(env), ...systemFolders];
  const tools = join(root, '.tools/nats');
  const unpacked = ['usr/sbin', 'usr/bin'].map(folder => join(tools, folder, 'nats-server'));
  const found = [...folders.map(folder => join(folder, 'nats-server')), ...unpacked].find(isExecutable);
  if (found) return recentEnough(found);
  const why = await unpack(tools, tell, env);
  const now = unpacked.find(isExecutable);
  if (now) return recentEnough(now);
  throw new CannotGoOn(
    `nats-server is missing, and it could not be unpacked from the distribution's package (${why}). Any one of these helps:\n` +
      '  1. install it:          apt-get install nats-server   (macOS: brew install nats-server)\n' +
      '  2. say where it is:     NATS_SERVER_BIN=/path/to/nats-server npm start\n' +
      '  3. give a running one:  NATS_URL=nats://127.0.0.1:4222 npm start   (with JetStream)',
  );
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

function recentEnough(binary: string): string {
  const { stdout, error } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  const version = /(\d+)\.(\d+)\.(\d+)/.exec(stdout ?? '');
  if (error || !version) throw new CannotGoOn(`${binary} is not a nats-server: it does not tell its version.`);
  const difference = OLDEST.map((least, index) => Number(version[index + 1]) - least).find(part => part !== 0) ?? 0;
  if (difference < 0)
    throw new CannotGoOn(
      `${binary} is nats-server ${version[0]}: ${OLDEST.join('.')} or later is needed. NATS_SERVER_BIN names another.`,
    );
  return binary;
}

/** Unpacks the distribution's package without root. Resolves to the reason when it cannot. */
async function unpack(folder: string, tell: Tell, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  if (!['apt-get', 'dpkg'].every(name => pathOf(env).some(one => existsSync(join(one, name)))))
    return 'this system has no apt-get and dpkg';
  tell('nats-server is missing: unpacking the package of the distribution into .tools/nats.');
  const download = join(folder, 'download');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  let said = await run('apt-get', ['download', 'nats-server'], download);
  if (said !== undefined) {
    // A machine without package lists: lists of our own, beside, need no root.
    const state = join(folder, 'apt');
    for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(state, part), { recursive: true });
    const ours = ['-o', `Dir::State::lists=${join(state, 'lists')}`, '-o', `Dir::Cache=${join(state, 'cache')}`];
    said =
      (await run('apt-get', [...ours, 'update'], download)) ??
      (await run('apt-get', [...ours, 'download', 'nats-server'], download));
    rmSync(state, { recursive: true, force: true });
  }
  const archive = readdirSync(download).find(name => name.endsWith('.deb'));
  said = archive
    ? await run('dpkg', ['-x', join(download, archive), folder], download)
    : (said ?? 'apt-get downloaded nothing');
  rmSync(download, { recursive: true, force: true });
  return said ?? 'the package holds no nats-server';
}

const pathOf = (env: Readonly<Record<string, string | undefined>>): string[] =>
  (env.PATH ?? '').split(delimiter).filter(folder => folder !== '');

/** Resolves to nothing when the command succeeded, else to its last words. */
const run = (command: string, args: readonly string[], cwd: string): Promise<string | undefined> =>
  new Promise(resolve => {
    let output = '';
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', error => resolve(error.message));
    child.once('close', code =>
      resolve(code === 0 ? undefined : (output.trim().split('\n').at(-1) ?? `${command} ended with ${code}`)),
    );
  });
