import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ROOT } from './places.js';

jest.setTimeout(60_000);

const HERE = join(ROOT, 'tools/src/runtime');

describe('what a command has begun', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'until-stopped-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a command that begins a server, then does something; gives its exit code, what it told, and whether the server still runs. */
  const ended = (then: string): { code: number | null; told: string; outlived: boolean } => {
    const script = `
      import { untilStopped } from ${JSON.stringify(join(HERE, 'until-stopped.ts'))};
      import { Program } from ${JSON.stringify(join(HERE, 'program.ts'))};
      import { existsSync } from 'node:fs';
      const mark = ${JSON.stringify(join(folder, 'mark'))};
      const server = new Program({
        name: 'server',
        command: process.execPath,
        args: ['-e', "require('fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => 0, 1000)", mark],
        env: { PATH: process.env.PATH },
        cwd: ${JSON.stringify(folder)},
        log: ${JSON.stringify(join(folder, 'server.log'))},
        readiness: async () => existsSync(mark) || 'no mark',
      });
      const what = { stop: () => server.stop(), kill: () => server.kill() };
      process.exit(await untilStopped(what, async interrupted => {
        await server.start();
        ${then}
      }));`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', '@swc-node/register/esm-register', '--input-type=module', '-e', script],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', npm_lifecycle_event: '' } },
    );
    const pid = readFileSync(join(folder, 'mark'), 'utf8');
    return { code: status, told: stderr, outlived: runs(Number(pid)) };
  };

  const runs = (pid: number): boolean => {
    try {
      // A zombie of a group whose parent is init is gone for all purposes.
      return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  };

  it.each([
    {
      how: 'a promise that nobody waits for is rejected',
      then: `void Promise.reject(new Error('nobody waits')); await interrupted;`,
    },
    {
      how: 'something is thrown where nobody catches it',
      then: `setTimeout(() => { throw new Error('nobody waits'); }); await interrupted;`,
    },
    {
      how: 'what it waits for never comes',
      then: `void Promise.reject(new Error('nobody waits')); await new Promise(() => setInterval(() => 0, 1000));`,
    },
    { how: 'it fails', then: `throw new Error('nobody waits');` },
  ])('is stopped when $how, which is told', ({ then }) => {
    const { code, told, outlived } = ended(then);
    expect(told).toContain('nobody waits');
    expect({ code, outlived }).toEqual({ code: 1, outlived: false });
  });

  it('is stopped when it has done its work, whose exit code it gives', () => {
    expect(ended('return 3;')).toMatchObject({ code: 3, outlived: false });
  });
});
