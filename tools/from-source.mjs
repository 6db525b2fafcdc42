import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Runs a TypeScript program of this folder without a build, so that it also works when something does not compile. Resolves with its exit code. */
export const fromSource = program =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--conditions=@filodiretto/source',
        '--import',
        '@swc-node/register/esm-register',
        '--no-warnings=ExperimentalWarning',
        join(here, program),
        ...process.argv.slice(2),
      ],
      { cwd: dirname(here), stdio: 'inherit' },
    );
    const pass = signal => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
