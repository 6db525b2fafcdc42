import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { ENTRIES, OWN } from './deploy.js';
import { generateChannel } from './generate.js';
import { filledIn, namesOf, type Names } from './names.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('./template/', import.meta.url));
const named = (id: string, name = id): Names => {
  const names = namesOf(id, name);
  if ('wrong' in names) throw new Error(names.wrong);
  return names;
};

describe('a generated channel', () => {
  const roots: string[] = [];
  afterEach(() => roots.splice(0).forEach(root => rmSync(root, { recursive: true, force: true })));

  /** A workspace with what the generator reads, and what a channel stands on. */
  const workspace = (): string => {
    const root = mkdtempSync(join(tmpdir(), 'workspace-'));
    roots.push(root);
    for (const path of [...ENTRIES.map(entry => entry.path), OWN.model]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      cpSync(join(ROOT, path), join(root, path));
    }
    for (const path of ['tsconfig.base.json', 'jest.preset.mjs', 'package.json'])
      cpSync(join(ROOT, path), join(root, path));
    for (const path of ['node_modules', 'libs']) symlinkSync(join(ROOT, path), join(root, path));
    return root;
  };
  const run = (root: string, program: string, ...args: string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', join(ROOT, program), ...args],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return { status, output: stdout + stderr };
  };

  it('compiles and passes the contract suite at once', () => {
    const root = workspace();
    generateChannel(root, TEMPLATES, named('text-line', "La linea dell'URP"));
    const folder = join(root, 'apps/channels/text-line');
    const types = run(
      folder,
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '-p',
      'tsconfig.lib.json',
      '--composite',
      'false',
    );
    expect(types).toEqual({ status: 0, output: '' });
    const suite = run(
      folder,
      'node_modules/jest/bin/jest.js',
      '--rootDir',
      folder,
      '--config',
      join(folder, 'jest.config.mjs'),
    );
    expect(suite.output).toMatch(/Tests: +4 skipped, 27 passed, 31 total/);
    expect(suite.status).toBe(0);
  }, 120_000);

  it('is listed wherever a channel is, and changes nothing else there', () => {
    const root = workspace();
    generateChannel(root, TEMPLATES, named('fax', 'Fax'));
    for (const { path } of ENTRIES) {
      const lines = (where: string): string[] =>
        readFileSync(join(where, path), 'utf8')
          .split('\n')
          .map(line => line.replace(/,$/, ''));
      const before = lines(ROOT);
      const after = lines(root);
      expect(after.join('\n')).toMatch(/fax/i);
      // What was there is still there, in its order.
      const kept = after.reduce((found, line) => (line === before[found] ? found + 1 : found), 0);
      expect([path, before[kept]]).toEqual([path, undefined]);
    }
    const compose = parse(readFileSync(join(root, 'docker/compose.yaml'), 'utf8'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string>; ports: string[] }>;
    };
    expect(compose.services.fax).toMatchObject({ environment: { APP: 'apps/channels/fax', NATS_USER: 'fax' } });
    const ports = Object.values(compose.services).flatMap(service => service.ports ?? []);
    expect(new Set(ports).size).toBe(ports.length);
    expect(compose.services.nats?.environment).toHaveProperty('FAX_NATS_PASSWORD');
    expect(readFileSync(join(root, OWN.path(named('fax'))), 'utf8')).toContain('channel-fax');
  });

  it('keeps the lock as npm writes it', () => {
    const root = workspace();
    generateChannel(root, TEMPLATES, named('fax'));
    const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n');
    const before = lines(join(ROOT, 'package-lock.json'));
    const after = lines(join(root, 'package-lock.json'));
    expect(after.length - before.length).toBe(9);
    const kept = new Set(before);
    expect(after.filter(line => !kept.has(line)).every(line => line.includes('channel'))).toBe(true);
  });

  it('is not written over one that exists, nor half of it when a file is not as it was known', () => {
    const root = workspace();
    generateChannel(root, TEMPLATES, named('fax'));
    expect(() => generateChannel(root, TEMPLATES, named('fax'))).toThrow('exists already');
    writeFileSync(join(root, 'docker/compose.yaml'), 'services: {}\n');
    expect(() => generateChannel(root, TEMPLATES, named('telex'))).toThrow('docker/compose.yaml');
    expect(existsSync(join(root, 'apps/channels/telex'))).toBe(false);
  });

  it.each(['', 'Sms', '3g', 'a--b', 'a_b', '-a', 'a-', '../a', 'a'.repeat(41)])('is never called %p', id => {
    expect(namesOf(id, 'Nome')).toHaveProperty('wrong');
  });

  it('has its settings named after it, as the settings class will name them', () => {
    expect(namesOf('video-call', 'Video')).toMatchObject({
      camel: 'videoCall',
      pascal: 'VideoCall',
      env: 'VIDEO_CALL',
    });
    expect(filledIn('{{nameLiteral}}', named('a', "L'albo"))).toBe("'L\\'albo'");
    expect(() => filledIn('{{nobody}}', named('a'))).toThrow('nobody');
  });
});
