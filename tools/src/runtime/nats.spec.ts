import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { natsServerBinary } from './nats.js';
import { CannotGoOn } from './words.js';

describe('the nats-server to run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nats-binary-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (path: string, version: string): string => {
    const file = join(folder, path, 'nats-server');
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho 'nats-server: v${version}'\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const find = (env: Record<string, string>, ...system: string[]): Promise<string> =>
    natsServerBinary(folder, () => undefined, env, system);

  it('is the one that NATS_SERVER_BIN names, before that of PATH', async () => {
    const [named, other] = [program('named', '2.11.0'), program('path', '2.10.0')];
    await expect(find({ NATS_SERVER_BIN: named, PATH: join(folder, 'path') })).resolves.toBe(named);
    await expect(find({ PATH: join(folder, 'path') })).resolves.toBe(other);
  });

  it("is found in the system's folders, which an ordinary user's PATH lacks", async () => {
    const binary = program('sbin', '2.9.10');
    await expect(find({ PATH: '/nowhere' }, join(folder, 'sbin'))).resolves.toBe(binary);
  });

  it('is the one that was unpacked before, when there is no other', async () => {
    const binary = program('.tools/nats/usr/sbin', '2.9.10');
    await expect(find({ PATH: '/nowhere' })).resolves.toBe(binary);
  });

  it('is refused, by its version, when it is too old', async () => {
    const old = program('old', '2.9.9');
    await expect(find({ NATS_SERVER_BIN: old })).rejects.toThrow(/2\.9\.9: 2\.9\.10 or later is needed/);
  });

  it('is refused when NATS_SERVER_BIN names nothing that runs', async () => {
    await expect(find({ NATS_SERVER_BIN: join(folder, 'absent') })).rejects.toThrow(CannotGoOn);
  });

  it('is asked for with three remedies, in one message, where nothing helps', async () => {
    const refusal = await find({ PATH: '/nowhere' }).catch((error: unknown) => (error as Error).message);
    expect(refusal).toContain('apt-get install nats-server');
    expect(refusal).toContain('NATS_SERVER_BIN=');
    expect(refusal).toContain('NATS_URL=');
  });
});
