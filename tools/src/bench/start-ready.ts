import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../runtime/places.js';
import type { Tell } from '../runtime/words.js';
import { pause } from '../runtime/program.js';
import { residentMegabytes } from './memory.js';
import { rounded, type Measure } from './measure.js';

const SETTLES_MS = 5_000;

/** From `npm start` to ready, when everything is installed and built and the data folder is new; and what it takes then. */
export async function startReady(folder: string, tell: Tell): Promise<Measure[]> {
  tell('Starting the system as a newcomer does …');
  const began = performance.now();
  const child = spawn(process.execPath, ['tools/start.mjs', '--json', '--data', folder, '--port-offset', '1700'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = `${words}${chunk.toString()}`.slice(-4_000)));
  const ready = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.includes('"ready":true')) resolve(performance.now() - began);
    });
    child.once('exit', code => reject(new Error(`npm start ended with ${code ?? 'a signal'}: ${words}`)));
  });
  try {
    const seconds = (await ready) / 1_000;
    await pause(SETTLES_MS);
    return [
      {
        name: 'start.ready',
        value: rounded(seconds),
        unit: 's',
        how: 'npm start to ready, installed and built, new data',
      },
      {
        name: 'memory.total',
        value: rounded(residentMegabytes(child.pid ?? 0)),
        unit: 'MB',
        how: 'proportional set size of everything npm start runs, the doubles of the providers included, five seconds after ready',
      },
    ];
  } finally {
    child.removeAllListeners('exit');
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
  }
}
