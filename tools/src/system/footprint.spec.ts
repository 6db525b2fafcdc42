import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claim, commandOf, leaveFootprint } from './footprint.js';

const beside = (): Promise<number> => Promise.resolve(2_000);
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('what a killed start leaves', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footprint-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const sleeper = async () => {
    const child = spawn(process.execPath, ['-e', "console.log('up'); setInterval(() => 0, 1000)", folder]);
    await once(child.stdout, 'data');
    return child;
  };
  const write = (launcher: number, children: unknown[]): void =>
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ launcher, children }));
  const NOBODY = 4_194_304;

  onLinux('is stopped by the next', async () => {
    const child = await sleeper();
    const ended = once(child, 'exit');
    write(NOBODY, [{ name: 'email', pid: child.pid, command: commandOf(child.pid ?? 0) }]);
    const told: string[] = [];
    await claim(folder, line => told.push(line), beside);
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(told.join()).toContain('email');
    expect(existsSync(join(folder, 'running.json'))).toBe(false);
  });

  onLinux('is left alone when the number now belongs to another program', async () => {
    const child = await sleeper();
    write(NOBODY, [{ name: 'email', pid: child.pid, command: 'node something-else.js' }]);
    await claim(folder, () => undefined, beside);
    expect(child.exitCode ?? child.signalCode).toBeNull();
    child.kill('SIGKILL');
  });

  onLinux('is not touched while its launcher runs', async () => {
    const launcher = spawn(process.execPath, [
      '-e',
      "console.log('up'); setInterval(() => 0, 1000)",
      'tools/start.mjs',
    ]);
    await once(launcher.stdout, 'data');
    write(launcher.pid ?? 0, []);
    await expect(claim(folder, () => undefined, beside)).rejects.toThrow(
      /already runs.*\n.*\n?.*kill.*--port-offset 2000/s,
    );
    expect(existsSync(join(folder, 'running.json'))).toBe(true);
    launcher.kill('SIGKILL');
  });

  it('does not stop a start when it is half written', async () => {
    writeFileSync(join(folder, 'running.json'), '{"launcher":');
    await expect(claim(folder, () => undefined, beside)).resolves.toBeUndefined();
  });

  it('is known again: what was written is what is read', async () => {
    leaveFootprint(folder, []);
    await expect(claim(folder, () => undefined, beside)).resolves.toBeUndefined();
  });
});
