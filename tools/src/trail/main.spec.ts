import { describe, expect, it } from '@jest/globals';
import { verify } from './main.js';

describe('the command that reads the trail again', () => {
  it.each([['--anchor'], ['--port-offset'], ['something']])(
    'never tells a command line that it does not know, %p, as a broken trail',
    async word => {
      expect(await verify([word])).toBe(2);
    },
  );
});
