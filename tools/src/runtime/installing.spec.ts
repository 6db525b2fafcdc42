import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ROOT } from './places.js';

jest.setTimeout(60_000);

/** npm's double: says when it begins and when it ends, and installs nothing. */
const NPM = `#!${process.execPath}
const { appendFileSync, mkdirSync, existsSync } = require('node:fs');
appendFileSync('installations', 'begins ');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
if (existsSync('fails')) process.exit(1);
mkdirSync('node_modules', { recursive: true });
appendFileSync('installations', 'ends ');
`;

describe('packages that are not installed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'installing-'));
    mkdirSync(join(folder, 'tools'));
    mkdirSync(join(folder, 'bin'));
    for (const one of ['ensure.mjs', 'install.mjs', 'installed.mjs'])
      copyFileSync(join(ROOT, 'tools', one), join(folder, 'tools', one));
    writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}');
    writeFileSync(join(folder, 'bin/npm'), NPM);
    chmodSync(join(folder, 'bin/npm'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** One command given in the folder: its exit code, and what it told; `signal` stops it as soon as npm is at work. */
  const command = (signal?: NodeJS.Signals): Promise<{ code: number | null; told: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(folder, 'tools/ensure.mjs')], {
        env: { PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}` },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const watching = signal && setInterval(() => begun() && child.kill(signal), 20);
      child.on('exit', () => clearInterval(watching));
      let told = '';
      child.stderr.on('data', (some: Buffer) => (told += some.toString()));
      child.on('error', reject).on('close', code => resolve({ code, told }));
    });
  const installations = (): string => readFileSync(join(folder, 'installations'), 'utf8').trim();
  const begun = (): boolean => existsSync(join(folder, 'installations'));
  const leftBehind = (): string[] => readdirSync(folder).filter(name => name.startsWith('.installing'));

  it('are installed once by commands given at the same time: the others say that they wait', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => command()));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(installations()).toBe('begins ends');
    expect(outcomes.filter(({ told }) => told.includes('waiting for it'))).toHaveLength(5);
    expect(leftBehind()).toEqual([]);
    expect((await command()).told).toBe('');
  });

  it('are installed by one after the other, never by two, when whoever was at it died', async () => {
    const dead = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim();
    // Its number may be another's by now, who began at another time.
    for (const words of [`${dead} 1`, `${process.pid} 1`]) {
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      rmSync(join(folder, 'installations'), { force: true });
      writeFileSync(join(folder, '.installing'), words);
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => command()));
      expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(installations()).toBe('begins ends');
      expect(leftBehind()).toEqual([]);
    }
  });

  it('are tried again by whoever waited when they could not be installed', async () => {
    writeFileSync(join(folder, 'fails'), '');
    const outcomes = await Promise.all([command(), command()]);
    expect(outcomes.map(({ code }) => code)).toEqual([1, 1]);
    expect(installations()).toBe('begins begins');
    expect(leftBehind()).toEqual([]);
    expect(existsSync(join(folder, 'node_modules/.installed'))).toBe(false);
  });

  it('are waited for by the next command when all but npm itself were killed, and then installed by it alone', async () => {
    const child = spawn(process.execPath, [join(folder, 'tools/ensure.mjs')], {
      env: { PATH: `${join(folder, 'bin')}:${process.env.PATH ?? ''}` },
      stdio: 'ignore',
      detached: true,
    });
    const ended = new Promise(resolve => child.on('exit', resolve));
    for (let turn = 0; turn < 500 && !begun(); turn += 1) await new Promise(resolve => setTimeout(resolve, 20));
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await ended;
    expect((await command()).code).toBe(0);
    expect(installations()).toBe('begins ends begins ends');
    expect(leftBehind()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'are no longer installed by a command that %s stopped: the next one does it, alone',
    async signal => {
      await command(signal);
      expect((await command()).code).toBe(0);
      expect(installations()).toBe('begins begins ends');
      expect(leftBehind()).toEqual([]);
    },
  );
});
