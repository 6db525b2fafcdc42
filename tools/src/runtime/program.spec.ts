import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pause, Program, type Ending } from './program.js';

describe('a program', () => {
  let folder: string;
  let programs: Program[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'program-'));
    programs = [];
  });
  afterEach(async () => {
    await Promise.all(programs.map(program => program.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  const program = (
    script: string,
    more: { stopSeconds?: number; readySeconds?: number; ready?: () => boolean } = {},
    died?: (ending: Ending) => void,
  ): Program => {
    const made = new Program(
      {
        name: 'example',
        command: process.execPath,
        args: ['-e', script],
        env: { ...process.env, NODE_OPTIONS: '', MARK: join(folder, 'mark') },
        cwd: folder,
        log: join(folder, 'example.log'),
        readiness: () => Promise.resolve((more.ready ?? (() => existsSync(join(folder, 'mark'))))() || 'no mark'),
        ...more,
      },
      (_program, ending) => died?.(ending),
    );
    programs.push(made);
    return made;
  };
  const MARK = "require('fs').writeFileSync(process.env.MARK, String(process.pid));";
  const alive = (pid: number): boolean => {
    try {
      // A zombie of a group whose parent is init is gone for all purposes.
      return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  };

  it('is told with the last lines of its log when it ends before it is ready', async () => {
    await expect(program("console.log('the reason'); process.exit(3)").start()).rejects.toThrow(
      /ended before it was ready \(with exit code 3\)[\s\S]*the reason/,
    );
  });

  it('is told with what it lacks, and stopped, when it is not ready in time', async () => {
    const slow = program('setInterval(() => 0, 1000)', { readySeconds: 0.2 });
    await expect(slow.start()).rejects.toThrow(/not ready in time: no mark/);
    expect(slow.isRunning).toBe(false);
  });

  it('is said to have died when nobody asked it to end', async () => {
    const ending = new Promise<Ending>(resolve => {
      const one = program(`${MARK} setInterval(() => 0, 1000)`, {}, resolve);
      void one.start().then(() => process.kill(one.pid ?? 0, 'SIGKILL'));
    });
    expect(await ending).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('is not said to have died when it is stopped or killed by us', async () => {
    let deaths = 0;
    const one = program(`${MARK} setInterval(() => 0, 1000)`, {}, () => (deaths += 1));
    await one.start();
    await one.stop();
    await one.start();
    await one.kill();
    await pause(50);
    expect({ deaths, running: one.isRunning }).toEqual({ deaths: 0, running: false });
  });

  it('is killed when it does not stop', async () => {
    const stubborn = program(`process.on('SIGTERM', () => 0); ${MARK} setInterval(() => 0, 1000)`, {
      stopSeconds: 0.3,
    });
    await stubborn.start();
    await stubborn.stop();
    expect(stubborn.isRunning).toBe(false);
  });

  it('leaves nothing of its group behind', async () => {
    const child =
      "require('child_process').spawn(process.execPath, ['-e', 'process.on(`SIGTERM`, () => 0); require(`fs`).writeFileSync(process.env.MARK, String(process.pid)); setInterval(() => 0, 1000)'], { stdio: 'ignore' });";
    const parent = program(`${child} setInterval(() => 0, 1000)`);
    await parent.start();
    const grandchild = Number(readFileSync(join(folder, 'mark'), 'utf8'));
    expect(alive(grandchild)).toBe(true);
    await parent.stop();
    await pause(50);
    expect(alive(grandchild)).toBe(false);
  });
});
