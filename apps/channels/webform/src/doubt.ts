import type { ScanState } from '@filodiretto/contracts';
import type { TokenVerdict } from './form-token.js';
import type { ProofVerdict } from './proof.js';

/** What each layer of defence saw. */
export interface Clues {
  readonly trapFilled: boolean;
  readonly token: TokenVerdict;
  readonly proof: ProofVerdict;
  readonly tooMany: boolean;
  readonly scans: readonly ScanState[];
}
/** How much a submission looks like an abuse, from 0 to 100, and why, for a person. */
export interface Doubt {
  readonly score: number;
  readonly reasons: readonly string[];
}

const TOKEN: Readonly<Record<TokenVerdict, readonly [number, string]>> = {
  good: [0, ''],
  missing: [20, 'inviato senza aprire il modulo'],
  old: [20, 'modulo aperto da più di un giorno'],
  wrong: [50, 'contrassegno del modulo contraffatto'],
  too_fast: [50, 'compilato troppo in fretta'],
};
const PROOF: Readonly<Record<ProofVerdict, readonly [number, string]>> = {
  good: [0, ''],
  missing: [30, 'senza prova di lavoro'],
  wrong: [60, 'prova di lavoro errata o scaduta'],
  used: [60, 'prova di lavoro già usata'],
};

/** The layers score together; none of them blocks. A file that is infected, or that nobody could check, always does. */
export function doubtOf({ trapFilled, token, proof, tooMany, scans }: Clues): Doubt {
  const clues: (readonly [number, string])[] = [
    [trapFilled ? 100 : 0, 'compilato il campo nascosto'],
    TOKEN[token],
    PROOF[proof],
    [tooMany ? 30 : 0, 'troppi invii dallo stesso indirizzo'],
    [scans.includes('infected') ? 100 : 0, 'un allegato contiene un virus'],
    [scans.includes('pending') ? 100 : 0, 'allegati non ancora controllati dall’antivirus'],
  ];
  const found = clues.filter(([weight]) => weight > 0);
  return {
    score: Math.min(
      100,
      found.reduce((sum, [weight]) => sum + weight, 0),
    ),
    reasons: found.map(([, reason]) => reason),
  };
}
