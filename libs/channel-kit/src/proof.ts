import { createHash } from 'node:crypto';
import { keysOf, TextSetting, WholeSetting } from '@filodiretto/platform';
import { createChallenge, randomInt, verifySolution, type Challenge, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { State } from './contract.js';

/** What a channel that asks for a proof of work is told. */
export class ProofSettings {
  @TextSetting('Key of the ALTCHA proof of work; without it none is asked', { secret: true, optional: true, min: 16 })
  readonly altchaKey?: string;
  @TextSetting('That key before its last change: proofs of challenges already given stay good', {
    secret: true,
    optional: true,
    min: 16,
  })
  readonly previousAltchaKey?: string;
  @WholeSetting('Iterations of one step of the proof of work', { default: 5_000, min: 1, max: 1_000_000 })
  readonly altchaCost: number;
  @WholeSetting('Steps of the proof of work, at most', { default: 1_000, min: 2, max: 100_000 })
  readonly altchaSteps: number;
}
export type ProofVerdict = 'good' | 'missing' | 'wrong' | 'used';
/** What is asked of a machine before it sends. */
export type ProofChallenge = Challenge;

const VALID_MS = 3_600_000;
/** Under which the proofs that were used are remembered, each with `until` when. */
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

  /** A challenge for one purpose, good for an hour; nothing when none is asked. */
  async challenge(purpose: string): Promise<ProofChallenge | undefined> {
    const { altchaKey, altchaCost, altchaSteps } = this.config;
    if (!altchaKey) return undefined;
    return createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: altchaCost,
      counter: randomInt(altchaSteps, Math.floor(altchaSteps / 2)),
      deriveKey,
      hmacSignatureSecret: altchaKey,
      expiresAt: new Date(Date.now() + VALID_MS),
      data: { purpose },
    });
  }

  /** Judges a proof of a purpose that comes up once alone. */
  async check(purpose: string, proof: string | undefined): Promise<Exclude<ProofVerdict, 'used'>> {
    if (!this.config.altchaKey) return 'good';
    if (!proof) return 'missing';
    return (await this.solved(purpose, proof)) ? 'good' : 'wrong';
  }

  /** Judges a proof and marks it as used by a submission: the same submission sent again may use it again. */
  async judge(purpose: string, proof: string | undefined, submission: string): Promise<ProofVerdict> {
    if (!this.config.altchaKey) return 'good';
    if (!proof) return 'missing';
    const payload = await this.solved(purpose, proof);
    if (!payload) return 'wrong';
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

  /** What a proof says, when it is one of ours for the purpose and is solved. */
  private async solved(purpose: string, proof: string): Promise<Payload | undefined> {
    const payload = payloadOf(proof);
    const { altchaKey, previousAltchaKey } = this.config;
    if (!altchaKey || payload?.challenge.parameters.data?.purpose !== purpose) return undefined;
    for (const key of keysOf(altchaKey, previousAltchaKey)) if (await isSolved(payload, key)) return payload;
    return undefined;
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
