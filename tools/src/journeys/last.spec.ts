import { describe, expect, it } from '@jest/globals';
import { fuzz, naughty } from '../fuzz/fuzz.js';
import { running } from './world.js';

const ROUNDS = 5;
const SEED = 2_026;
/** How many of the texts a field is given here; all of them by `npm run fuzz`. */
const EACH = 2;

describe('the API, asked for everything that its description has, by people and by nobody', () => {
  it('faults nowhere, answers as described, and tells nothing of its inside', async () => {
    const { urls, operators } = running();
    const askers = [...operators.slice(0, 6), { name: 'nobody' }];
    const { findings, requests, answers, operations } = await fuzz(urls.crm, { askers, rounds: ROUNDS, seed: SEED });
    process.stderr.write(`${requests} requests to ${operations} operations: ${JSON.stringify(answers)}\n`);
    expect(findings).toEqual([]);
    expect(operations).toBeGreaterThan(200);
    // Not everything was refused: what is described is understood, too.
    expect(answers['2xx'] ?? 0).toBeGreaterThan(requests / 10);
  }, 600_000);

  it('bears texts that programs trip over in every field that is sent, and bodies that are larger to read than to send', async () => {
    const { urls, operators } = running();
    const askers = [...operators.slice(0, 6), { name: 'nobody' }];
    const { findings, requests, answers, fields, texts, bombs } = await naughty(urls.crm, {
      askers,
      seed: SEED,
      each: EACH,
    });
    process.stderr.write(
      `${requests} requests: ${texts} texts in turn in ${fields} fields, ${bombs} bombs: ${JSON.stringify(answers)}\n`,
    );
    expect(findings).toEqual([]);
    expect(fields).toBeGreaterThan(300);
  }, 600_000);
});
