import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { OPERATIONS } from './operations.js';

const CORE = join(dirname(fileURLToPath(import.meta.url)), '../../../crm/src');
const NEEDS = /const NEEDS = \{(.*?)\n\} as const/s;

/** Every operation that the trail may name: those that need a permission, those that are published nowhere, those of a session. */
const known = (): string[] => {
  const [, needs = ''] = NEEDS.exec(readFileSync(join(CORE, 'permission/operations.ts'), 'utf8')) ?? [];
  const published = [...needs.matchAll(/^ {2}(\w+): /gm)].map(([, id = '']) => id);
  const others = readdirSync(CORE, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map(file => readFileSync(join(CORE, file), 'utf8'))
    .flatMap(source => [...source.matchAll(/(?:@Unpublished\(|sessionAct\(|\boperation: )'(\w+)'/g)])
    .map(([, id = '']) => id);
  return [...new Set([...published, ...others])].sort();
};

describe('an operation of the API that the trail names', () => {
  it('has words in both languages, whichever it is', () => {
    const ids = known();
    expect(ids.length).toBeGreaterThan(200);
    expect(ids.filter(id => !Object.hasOwn(OPERATIONS, id))).toEqual([]);
    expect(Object.keys(OPERATIONS).filter(id => !ids.includes(id))).toEqual([]);
  });

  it.each([0, 1])('is not mistaken for another: no two are called the same (%j)', language => {
    const names = Object.values(OPERATIONS).map(words => words[language]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
