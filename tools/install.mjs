// Installs the packages, once, in the folder of the process. Its parent waits for it: when that is stopped, npm is ended
// before others are let in, and so is this. Node's own modules only; whatever is told goes to stderr.
import { spawn } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, relative } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { isInstalled, nowInstalled } from './installed.mjs';

/** How often one is told that the installation goes on, while npm itself says nothing. */
const TOLD_EVERY_MS = 10_000;
/** How often one looks whether the parent still waits. */
const LOOKED_EVERY_MS = 100;
/** Names who installs, and npm while it is at work. */
const HELD = '.installing';
/** What npm says it installed. */
const INSTALLED = 'node_modules/.package-lock.json';

const parent = process.ppid;
let stopped = false;
let npm;
/** Ends npm and what it started, at once: the next installation begins with an empty folder. */
function stop() {
  stopped = true;
  try {
    if (npm?.pid !== undefined) process.kill(-npm.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
setInterval(() => {
  if (process.ppid !== parent) stop();
}, LOOKED_EVERY_MS).unref();

const release = await onlyMe();
try {
  // Whoever was waited for may have done it.
  if (!stopped && !isInstalled()) await install();
} finally {
  release();
}
process.exit(stopped ? 1 : process.exitCode);

async function install() {
  if (onlyOursAreNew()) linkOurs();
  else if (!(await installAll())) return;
  nowInstalled();
}

async function installAll() {
  console.error('Installing the packages of package-lock.json: some minutes, the first time.');
  // What an interrupted installation left would be counted, before npm removes it.
  rmSync('node_modules', { recursive: true, force: true });
  const telling = setInterval(teller(), TOLD_EVERY_MS);
  // A group of its own: npm ends with whatever it started.
  npm = spawn('npm', ['ci', '--no-progress'], { stdio: ['ignore', 2, 2], detached: true });
  // Whoever kills this without a word leaves npm at work: then it is npm that others wait for.
  if (npm.pid !== undefined) {
    writeFileSync(`${HELD}.npm`, `${named(process.pid)}\n${named(npm.pid)}`);
    renameSync(`${HELD}.npm`, HELD);
  }
  const ended = await new Promise(resolve => {
    npm.on('error', error => resolve({ why: `npm could not be run: ${error.message}` }));
    npm.on('close', status => resolve({ status }));
  });
  clearInterval(telling);
  if (stopped) return false;
  if (ended.status === 0) return true;
  console.error(
    ended.why ??
      'The packages could not be installed: npm says why above. The next start tries again from the beginning.',
  );
  process.exitCode = 1;
  return false;
}

/** Tells how many packages are unpacked, of how many. */
function teller() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const isFor = (names, here) => names === undefined || names.includes(here);
  const others = Object.keys(packages).filter(
    name => !isFor(packages[name].os, process.platform) || !isFor(packages[name].cpu, process.arch),
  );
  const wanted = Object.keys(packages).filter(
    name =>
      name.startsWith('node_modules/') &&
      packages[name].link !== true &&
      !others.some(other => `${name}/`.startsWith(`${other}/`)),
  );
  const began = Date.now();
  return () => {
    const there = wanted.filter(name => existsSync(`${name}/package.json`)).length;
    const seconds = Math.round((Date.now() - began) / 1000);
    const done = there === 0 ? 'reading the list and fetching' : `unpacked ${there} of some ${wanted.length} packages`;
    console.error(`  ${done}, after ${seconds} s`);
  };
}

/** Waits until nobody else installs in this folder; gives how to let others in. Who died installing is not waited for. */
async function onlyMe() {
  const mine = `${HELD}.${process.pid}`;
  writeFileSync(mine, named(process.pid));
  try {
    for (let told = false; !taken(mine); told = true) {
      if (!told) console.error('The packages are being installed here by another command: waiting for it.');
      if (stopped) return () => {};
      await later(300);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(HELD, { force: true });
}

/** Whether the lock is ours now, with the content of `mine`. */
function taken(mine) {
  try {
    linkSync(mine, HELD);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (lives(HELD) !== false) return false;
  // One at a time takes over from the dead: another may have done so since this one looked.
  const taking = `${HELD}.taking`;
  try {
    mkdirSync(taking);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // It takes no time at all: who is long at it is dead too.
    if ((statSync(taking, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - 10_000)
      rmSync(taking, { recursive: true, force: true });
    return false;
  }
  try {
    if (lives(HELD) !== false) return false;
    renameSync(mine, HELD);
    return true;
  } finally {
    rmSync(taking, { recursive: true, force: true });
  }
}

function named(pid) {
  return `${pid} ${bornAt(pid)}`;
}

/** Whether one of those named in a file lives; `undefined`: there is no such file. */
function lives(path) {
  try {
    return readFileSync(path, 'utf8').split('\n').some(isAlive);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(name) {
  const words = name.split(' ');
  const pid = Number(words[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's, and alive.
    if (error.code === 'ESRCH') return false;
  }
  return bornAt(pid) === words[1];
}

/** When a process began, where the system says it: another may have its number later. */
function bornAt(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether everything that is not ours is installed already, as the lock says: a new channel needs nothing from a registry. */
function onlyOursAreNew() {
  if (!existsSync(INSTALLED)) return false;
  const wanted = others('package-lock.json');
  const there = others(INSTALLED);
  const same = (name, one) => one.version === wanted[name]?.version && one.integrity === wanted[name]?.integrity;
  return (
    Object.entries(there).every(([name, one]) => same(name, one)) &&
    Object.entries(wanted).every(([name, one]) => there[name] !== undefined || one.optional === true)
  );
}

function others(path) {
  const { packages } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.fromEntries(
    Object.entries(packages).filter(([name, one]) => name.startsWith('node_modules/') && one.link !== true),
  );
}

/** What npm does for every workspace. */
function linkOurs() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  for (const [place, { link, resolved }] of Object.entries(packages)) {
    if (link !== true || existsSync(place)) continue;
    rmSync(place, { force: true });
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(relative(dirname(place), resolved), place);
  }
}
