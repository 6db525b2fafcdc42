import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../check/steps.js';
import { generateChannel } from './generate.js';
import { namesOf } from './names.js';

const STAMP = 'node_modules/.installed';
const lockDigest = (): string => createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const isInstalled = (): boolean => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockDigest();

const [id = '', name = id] = process.argv.slice(2);
const root = process.cwd();

if (id === '' || id.startsWith('-')) {
  console.error('npm run channel -- ID ["NAME"]     for example: npm run channel -- sms "SMS"');
  process.exitCode = 1;
} else process.exitCode = await write();

async function write(): Promise<number> {
  const names = namesOf(id, name);
  if ('wrong' in names) {
    console.error(names.wrong);
    return 1;
  }
  const installed = isInstalled();
  let written: readonly string[];
  try {
    written = generateChannel(root, fileURLToPath(new URL('./template/', import.meta.url)), names);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
  // What npm does for every workspace: with it, what was installed for the lock is installed for the new one too.
  mkdirSync(join(root, 'node_modules/@filodiretto'), { recursive: true });
  symlinkSync(join('../../apps/channels', id), join(root, 'node_modules/@filodiretto', `channel-${id}`));
  if (installed) {
    // A new file: the folder may share the old one with a copy of it, made of links.
    rmSync(STAMP, { force: true });
    writeFileSync(STAMP, lockDigest());
  }
  const formatted = await runProgram('node_modules/prettier/bin/prettier.cjs', [
    '--log-level',
    'warn',
    '--write',
    `apps/channels/${id}`,
  ]);
  for (const path of written) console.log(path);
  if (formatted.code !== 0) console.error(formatted.output);
  console.log(`
The channel is written, and passes the contract suite:
  NODE_OPTIONS=--experimental-vm-modules npx jest --selectProjects channel-${id}
Next: docs/channels.md, then npm run generate (its settings go into .env.example).`);
  return formatted.code;
}
