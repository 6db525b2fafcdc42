import type { Schemas } from '../api/client.js';

type Piece = Schemas['SnippetPiece'];

/** What stands between the parts of one number or address, and never between two words. */
const JOINS = /^[-+./@_:]+$/;

/** The pieces of a snippet, with the parts of one number found as one. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const whole: Piece[] = [];
  pieces.forEach((piece, at) => {
    const last = whole.at(-1);
    const between = !piece.found && JOINS.test(piece.text) && pieces[at + 1]?.found === true;
    if (last?.found && (piece.found || between))
      whole[whole.length - 1] = { found: true, text: last.text + piece.text };
    else whole.push(piece);
  });
  return whole;
}
