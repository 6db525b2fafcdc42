import { describe, expect, it } from '@jest/globals';
import { createChallenge, verifySolution, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { proofOf, type Challenge } from './proof.js';

const KEY = 'the-altcha-key-of-the-spec';
const challengeOf = (counter: number): Promise<Challenge> =>
  createChallenge({ algorithm: 'PBKDF2/SHA-256', cost: 10, counter, deriveKey, hmacSignatureSecret: KEY });

describe('the proof of work of the widget', () => {
  it.each([0, 3, 4, 57])('is one that the chat takes (counter %i)', async counter => {
    const proof = (await proofOf(await challengeOf(counter), AbortSignal.timeout(10_000))) ?? '';
    const { challenge, solution } = JSON.parse(atob(proof)) as Payload;
    expect(solution.counter).toBe(counter);
    expect((await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: KEY })).verified).toBe(true);
  });

  it('ends without one when the time is over, and where the browser or the challenge is another', async () => {
    const challenge = await challengeOf(5);
    expect(await proofOf(challenge, AbortSignal.abort())).toBeUndefined();
    const strange = { ...challenge, parameters: { ...challenge.parameters, algorithm: 'SCRYPT' } };
    expect(await proofOf(strange, AbortSignal.timeout(10_000))).toBeUndefined();
  });
});
