import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { it as italian } from './it.js';

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const [glossary, shipped] = [read('docs/glossary.md'), read('libs/domain/src/deadline/shipped.ts')];

describe('a clock has one name, wherever it is read', () => {
  it.each(['acknowledgement', 'take_charge', 'first_reply', 'resolution'] as const)(
    '%s: in the console, in the policy that is shipped, and in the glossary',
    clock => {
      const name = italian.clock[clock];
      expect(new RegExp(String.raw`code: '${clock}',\s+name: '([^']+)'`).exec(shipped)?.[1]).toMatch(
        new RegExp(`^${name}`),
      );
      expect(glossary).toContain(`| ${name.toLowerCase()} `);
      expect(glossary).toContain(`\`${clock}\``);
    },
  );
});
