import { proofClue, weighed, type Clue, type Doubt, type ProofVerdict } from '@filodiretto/channel-kit';
import type { ScanState } from '@filodiretto/contracts';
import type { TokenVerdict } from './form-token.js';

/** What each layer of defence saw. */
export interface Clues {
  readonly trapFilled: boolean;
  readonly token: TokenVerdict;
  readonly proof: ProofVerdict;
  readonly tooMany: boolean;
  readonly scans: readonly ScanState[];
}

const TOKEN: Readonly<Record<TokenVerdict, Clue>> = {
  good: [0, ''],
  missing: [20, 'inviato senza aprire il modulo'],
  old: [10, 'modulo aperto da più di un giorno'],
  wrong: [50, 'contrassegno del modulo contraffatto'],
  too_fast: [50, 'compilato troppo in fretta'],
};

/** The doubt about a submission. A file that is infected, or that nobody could check, always makes one. */
export const doubtOf = ({ trapFilled, token, proof, tooMany, scans }: Clues): Doubt =>
  weighed([
    [trapFilled ? 100 : 0, 'compilato il campo nascosto'],
    TOKEN[token],
    proofClue(proof),
    [tooMany ? 30 : 0, 'troppi invii dallo stesso indirizzo'],
    [scans.includes('infected') ? 100 : 0, 'un allegato contiene un virus'],
    [scans.includes('pending') ? 100 : 0, 'allegati non ancora controllati dall’antivirus'],
  ]);
