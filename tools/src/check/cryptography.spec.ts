import { describe, expect, it } from '@jest/globals';
import { inventoryFaults, usesCryptography } from './cryptography.js';

describe('a use of cryptography', () => {
  it.each([
    [`import { createHmac, randomUUID } from 'node:crypto';`, true],
    [`import {\n  createCipheriv,\n  type KeyObject,\n} from 'node:crypto';`, true],
    [`import * as crypto from 'crypto';`, true],
    [`import { jwtVerify } from 'jose';`, true],
    [`import {\n  a,\n  b,\n} from 'openid-client';`, true],
    [`const key = await globalThis.crypto.subtle.importKey('raw');`, true],
    [`import { randomUUID } from 'node:crypto';`, false],
    [`import type { KeyObject } from 'node:crypto';`, false],
    [`import { type KeyObject } from 'node:crypto';`, false],
    [`import type { JWK } from 'jose';\nimport { x } from './jose.js';`, false],
    [`import { readFileSync } from 'node:fs';`, false],
  ])('%j: %j', (text, uses) => {
    expect(usesCryptography(text)).toBe(uses);
  });
});

describe('the inventory', () => {
  const hmac = { path: 'apps/crm/src/a.ts', text: `import { createHmac } from 'node:crypto';` };
  const plain = { path: 'apps/crm/src/b.ts', text: '' };

  it.each([
    ['names every use', '| [a](../apps/crm/src/a.ts) |', []],
    [
      'is told of a use that it has not',
      '',
      ['apps/crm/src/a.ts uses cryptography and is not in docs/cryptography.md'],
    ],
    [
      'is told of a use that is no more',
      '| [a](../apps/crm/src/a.ts), [b](../apps/crm/src/b.ts) |',
      ['docs/cryptography.md names apps/crm/src/b.ts, which uses none'],
    ],
  ])('%s', (_, paper, faults) => {
    expect(inventoryFaults(paper, [hmac, plain])).toEqual(faults);
  });
});
