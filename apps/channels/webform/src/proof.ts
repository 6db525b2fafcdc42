import { createHash } from 'node:crypto';
import { createChallenge, randomInt, verifySolution, type Challenge, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { State } from '@filodiretto/channel-kit';

export interface ProofSettings {
  readonly altchaKey?: string;
  readonly altchaCost: number;
  readonly altchaSteps: number;
}
export type ProofVerdict = 'good' | 'missing' | 'wrong' | 'used';

const VALID_MS = 3_600_000;
export const PROOFS = 'proof/';
/** A proof that was used: by which submission, and until when it must be remembered. */
interface UsedProof {
  readonly by: string;
  readonly until: number;
}

/** Proof of work (ALTCHA v2): costs a person's machine a moment, and whoever sends thousands a lot. */
export class Proofs {
  private readonly inUse = new Map<string, string>();
  constructor(
    private readonly config: ProofSettings,
    private readonly state: State,
  ) {}

  get wanted(): boolean {
    return this.config.altchaKey !== undefined;
  }

  /** A challenge for one form, good for an hour and for one submission; nothing when none is asked. */
  async challenge(form: string): Promise<Challenge | undefined> {
    const { altchaKey, altchaCost, altchaSteps } = this.config;
    if (!altchaKey) return undefined;
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: altchaCost,
      counter: randomInt(altchaSteps, Math.floor(altchaSteps / 2)),
      deriveKey,
      hmacSignatureSecret: altchaKey,
      expiresAt: new Date(Date.now() + VALID_MS),
      data: { form },
    });
  }

  /** Judges a proof and marks it as used by a submission: the same submission sent again may use it again. */
  async judge(form: string, proof: string | undefined, submission: string): Promise<ProofVerdict> {
    const secret = this.config.altchaKey;
    if (!secret) return 'good';
    if (!proof) return 'missing';
    const payload = payloadOf(proof);
    if (!payload || payload.challenge.parameters.data?.form !== form || !(await isSolved(payload, secret)))
      return 'wrong';
    const key = `${PROOFS}${createHash('sha256').update(String(payload.challenge.signature)).digest('hex')}`;
    const holder = this.inUse.get(key);
    if (holder !== undefined && holder !== submission) return 'used';
    this.inUse.set(key, submission);
    try {
      const used = await this.state.get<UsedProof>(key);
      if (used) return used.by === submission ? 'good' : 'used';
      await this.state.set(key, { by: submission, until: Date.now() + VALID_MS } satisfies UsedProof);
      return 'good';
    } finally {
      this.inUse.delete(key);
    }
  }
}

async function isSolved({ challenge, solution }: Payload, hmacSignatureSecret: string): Promise<boolean> {
  try {
    return (await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret })).verified;
  } catch {
    // A challenge that was never ours may have any shape.
    return false;
  }
}

function payloadOf(proof: string): Payload | undefined {
  try {
    const payload = JSON.parse(Buffer.from(proof, 'base64').toString()) as Partial<Payload> | null;
    return payload?.challenge?.parameters && payload.solution ? (payload as Payload) : undefined;
  } catch {
    return undefined;
  }
}
