import { describe, expect, it } from '@jest/globals';
import { compatible } from './licences.js';

describe('a licence that ours can live with', () => {
  it.each(['MIT', '(MIT OR EUPL-1.1+)', '(MIT AND Zlib)', 'GPL-2.0-only OR (Apache-2.0 AND MIT)', '((MIT))'])(
    '%s is accepted',
    said => {
      expect(compatible(said)).toBe(true);
    },
  );
  it.each([
    'GPL-2.0-only',
    'MIT AND SSPL-1.0',
    '(BUSL-1.1 OR SSPL-1.0)',
    'UNLICENSED',
    '',
    'SEE LICENSE IN LICENSE.md',
  ])('%s is refused', said => {
    expect(compatible(said)).toBe(false);
  });
});
