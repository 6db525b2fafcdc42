import type { ReadMessage } from './contract.js';
import type { ProofVerdict } from './proof.js';

/** What one layer of defence saw: how much it weighs, nothing when it saw nothing, and what it was, for a person. */
export type Clue = readonly [weight: number, reason: string];
/** How much something that was sent looks like an abuse, from 0 to 100, and why, for a person. */
export interface Doubt {
  readonly score: number;
  readonly reasons: readonly string[];
}

const PROOF: Readonly<Record<ProofVerdict, Clue>> = {
  good: [0, ''],
  missing: [30, 'senza prova di lavoro'],
  wrong: [60, 'prova di lavoro errata o scaduta'],
  used: [60, 'prova di lavoro già usata'],
};
/** What a proof of work says: without one there is a little doubt, with a false one more. */
export const proofClue = (verdict: ProofVerdict): Clue => PROOF[verdict];

/** The layers score together; none of them blocks. */
export function weighed(clues: readonly Clue[]): Doubt {
  const found = clues.filter(([weight]) => weight > 0);
  return {
    score: Math.min(
      100,
      found.reduce((sum, [weight]) => sum + weight, 0),
    ),
    reasons: found.map(([, reason]) => reason),
  };
}

/** What is told the core of a doubt: from a score on, that a person must look first. */
export const flagsOf = (doubt: Doubt | undefined, doubtfulAt: number): Pick<ReadMessage, 'flags'> => {
  if (!doubt || doubt.score === 0) return {};
  const { score, reasons } = doubt;
  const doubtful = score >= doubtfulAt ? { doubtful: reasons.join('; ').slice(0, 500) } : {};
  return { flags: { ...doubtful, abuseScore: score / 100 } };
};
