import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const services = () =>
  ['apps', 'apps/channels']
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name, 'tsconfig.lib.json')))
    .filter(path => existsSync(path));

/** Of what the console is made. */
const CONSOLE = ['apps/console', 'libs/api-client/src', 'package-lock.json'];
/** How often one is told that it goes on, while the compiler itself says nothing. */
const TOLD_EVERY_MS = 15_000;
const OUTPUTS = new Set(['dist', 'out-tsc', 'node_modules']);
const newest = path => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(path)
      .filter(name => !OUTPUTS.has(name))
      .map(name => newest(join(path, name))),
  );
};

/** Bundles the console when what it is made of is newer than the bundle; answers whether it was. Ends the process when it cannot be. */
function bundleConsole() {
  const page = 'apps/console/dist/index.html';
  if (existsSync(page) && statSync(page).mtimeMs > Math.max(...CONSOLE.map(newest))) return false;
  console.error('Bundling the console.');
  // In a process of its own: the bundler decides for a whole process that it is in production.
  const { status, output } = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'apps/console', '--logLevel', 'error'],
    // Not straight to the terminal, of which the bundler would clear lines.
    { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) {
    console.error(`${output?.join('') ?? ''}\nThe console cannot be bundled: the bundler says why above.`);
    process.exit(1);
  }
  return true;
}

/** When the compiler last wrote anything. */
const compiledAt = () =>
  Math.max(
    0,
    ...['libs', 'apps', 'apps/channels']
      .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
      .concat('tools')
      .map(folder => join(folder, 'dist/tsconfig.lib.tsbuildinfo'))
      .map(path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0),
  );

/**
 * Compiles the services, the tools and what they stand on, where the source is newer than the output; call after
 * `ensure.mjs`. Ends the process, the compiler's words on stderr, when something does not compile.
 */
export async function build() {
  const began = Date.now();
  const before = compiledAt();
  const projects = [...services(), 'tools/tsconfig.lib.json'];
  const fresh = !existsSync('tools/dist/tsconfig.lib.tsbuildinfo');
  if (fresh) console.error('Compiling the services: half a minute, and longer on a busy machine.');
  // In a group of its own: the launcher of the compiler does not take its native child with it.
  const compiler = spawn(process.execPath, ['node_modules/@typescript/native/bin/tsc', '-b', ...projects], {
    stdio: ['ignore', 2, 2],
    detached: true,
  });
  const teller = setInterval(
    () => console.error(`  still compiling, after ${Math.round((Date.now() - began) / 1_000)} s`),
    TOLD_EVERY_MS,
  );
  const stop = signal => {
    process.kill(-compiler.pid, 'SIGTERM');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await new Promise((resolve, reject) => compiler.once('error', reject).once('exit', resolve));
  clearInterval(teller);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (code !== 0) {
    console.error('The source does not compile: the compiler says where above.');
    process.exit(1);
  }
  const bundled = bundleConsole();
  if (bundled || compiledAt() > before) console.error(`Compiled in ${((Date.now() - began) / 1_000).toFixed(1)} s.`);
}
