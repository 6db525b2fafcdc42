// Imported first by everything in this folder: Node's own modules only, since nothing may be installed yet.
// Whatever it prints goes to stderr, so that what follows owns stdout.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!((major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24)) {
  console.error(`Filodiretto needs Node 20.19 or later (or 22.13, or 24); this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** The root of the repository, whatever folder the command was given in. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

// The stamp is inside node_modules: an interrupted installation leaves the folder, but not the stamp.
const stamp = 'node_modules/.installed';
/** How often one is told that the installation goes on, while npm itself says nothing. */
const TOLD_EVERY_MS = 10_000;
/** How many packages are unpacked, of how many. It ends with who started it, however that ends. */
const TELLER = `
  const { existsSync, readFileSync } = require('node:fs');
  const parent = process.ppid;
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const isFor = (names, here) => names === undefined || names.includes(here);
  const others = Object.keys(packages).filter(name => !isFor(packages[name].os, process.platform) || !isFor(packages[name].cpu, process.arch));
  const wanted = Object.keys(packages).filter(
    name => name.startsWith('node_modules/') && packages[name].link !== true && !others.some(other => (name + '/').startsWith(other + '/')),
  );
  const began = Date.now();
  setInterval(() => {
    if (process.ppid !== parent) process.exit();
    const there = wanted.filter(name => existsSync(name + '/package.json')).length;
    const seconds = Math.round((Date.now() - began) / 1000);
    const done = there === 0 ? 'reading the list and fetching' : 'unpacked ' + there + ' of some ' + wanted.length + ' packages';
    console.error('  ' + done + ', after ' + seconds + ' s');
  }, ${TOLD_EVERY_MS});
`;
/** What npm says it installed. */
const installed = 'node_modules/.package-lock.json';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!isInstalled()) {
  tellUsage();
  const release = onlyMe();
  try {
    // Whoever was waited for may have done it.
    if (!isInstalled()) install();
  } finally {
    release();
  }
}

/** Ends the process with the words of a command's `--help`, where they can be read before anything is installed. */
function tellUsage() {
  const usage = process.argv[1]?.replace(/\.mjs$/, '.usage') ?? '';
  if (!process.argv.slice(2).some(word => word === '--help' || word === '-h') || !existsSync(usage)) return;
  process.stdout.write(readFileSync(usage, 'utf8'));
  process.exit(0);
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
}

function install() {
  if (onlyOursAreNew()) linkOurs();
  else installAll();
  // A new file: the folder may share the old one with a copy of it, made of links.
  rmSync(stamp, { force: true });
  writeFileSync(stamp, lock);
}

/** Waits until nobody else installs in this folder; gives how to let others in. Who died installing is not waited for. */
function onlyMe() {
  const held = '.installing';
  const mine = `${held}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${bornAt(process.pid)}`);
  try {
    for (let told = false; !taken(mine, held); told = true) {
      if (!told) console.error('The packages are being installed here by another command: waiting for it.');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const release = () => rmSync(held, { force: true });
  process.on('exit', release);
  return () => {
    process.off('exit', release);
    release();
  };
}

/** Whether `held` is ours now, with the content of `mine`. */
function taken(mine, held) {
  try {
    linkSync(mine, held);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (lives(held) !== false) return false;
  // One at a time takes over from the dead: another may have done so since this one looked.
  const taking = `${held}.taking`;
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
    if (lives(held) !== false) return false;
    renameSync(mine, held);
    return true;
  } finally {
    rmSync(taking, { recursive: true, force: true });
  }
}

/** Whether who is named in a file lives; `undefined`: there is no such file. */
function lives(path) {
  let words;
  try {
    words = readFileSync(path, 'utf8').split(' ');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
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
  if (!existsSync(installed)) return false;
  const wanted = others('package-lock.json');
  const there = others(installed);
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

function installAll() {
  console.error('Installing the packages of package-lock.json: some minutes, the first time.');
  // What is done is told by a process of its own: this one waits, so that nothing is begun before the end.
  const teller = spawn(process.execPath, ['--eval', TELLER], { stdio: ['ignore', 'ignore', 2] });
  const { status, error } = spawnSync('npm', ['ci', '--no-progress'], { stdio: ['ignore', 2, 2] });
  teller.kill();
  if (status !== 0) {
    console.error(
      error
        ? `npm could not be run: ${error.message}`
        : 'The packages could not be installed: npm says why above. The next start tries again from the beginning.',
    );
    process.exit(1);
  }
}
