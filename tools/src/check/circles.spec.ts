import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { circles, importsOf, oneWay } from './circles.js';

describe('what a file imports', () => {
  const known = new Set(['a/one.ts', 'a/two.tsx', 'b/three.ts', 'b/build.mjs']);

  it.each([
    ['a value', "import { three } from '../b/three.js';", 'b/three.ts'],
    ['a type', "import type { Three } from '../b/three.js';", 'b/three.ts'],
    ['what is passed on', "export * from './two.js';", 'a/two.tsx'],
    ['what is imported when it is needed', "const two = () => import('./two.js');", 'a/two.tsx'],
    ['a script', "import '../b/build.mjs';", 'b/build.mjs'],
  ])('%s is an import', (_, text, target) => {
    expect(importsOf('a/one.ts', text, known)).toEqual([target]);
  });

  it('packages, pictures and what is only written in words are none', () => {
    const text =
      "import x from 'typeorm';\nimport './style.css';\n// import { y } from './two.js';\nconst z = \"from './two.js'\";";
    expect(importsOf('a/one.ts', text, known)).toEqual([]);
  });
});

describe('circles of imports', () => {
  const found = (imports: Record<string, string[]>): string[][] => circles(new Map(Object.entries(imports)));

  it('arrows that run one way make none, however often they meet', () => {
    expect(found({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toEqual([]);
  });
  it('two files that import each other, and a file that imports itself, are found', () => {
    expect(found({ a: ['b'], b: ['a'], c: ['c'] })).toEqual([['a', 'b'], ['c']]);
  });
  it('a long way round is one circle, without those that only lead to it or away from it', () => {
    expect(found({ before: ['a'], a: ['b'], b: ['c'], c: ['a', 'after'], after: [] })).toEqual([['a', 'b', 'c']]);
  });
  it('circles that share a file are told as one', () => {
    expect(found({ a: ['b'], b: ['a', 'c'], c: ['b'] })).toEqual([['a', 'b', 'c']]);
  });
});

describe('the check', () => {
  it('names every arrow of a circle, also of one made by a type alone', async () => {
    const root = mkdtempSync(join(tmpdir(), 'circles-'));
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    try {
      write('libs/x/src/upper.ts', "import { lower } from './lower.js';\nexport interface Word {}\nlower();\n");
      write('libs/x/src/lower.ts', "import type { Word } from './upper.js';\nexport const lower = (): Word => ({});\n");
      write('libs/x/src/apart.ts', "import type { Word } from './upper.js';\nexport type Apart = Word;\n");
      expect(await oneWay(root)).toEqual([
        '2 files import each other:\n  libs/x/src/lower.ts → libs/x/src/upper.ts\n  libs/x/src/upper.ts → libs/x/src/lower.ts',
      ]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
