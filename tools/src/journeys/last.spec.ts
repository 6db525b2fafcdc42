import { describe, expect, it } from '@jest/globals';
import { fuzz } from '../fuzz/fuzz.js';
import { running } from './world.js';

const ROUNDS = 5;
const SEED = 2_026;

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
});
