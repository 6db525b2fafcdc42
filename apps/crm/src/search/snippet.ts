import type { SnippetPiece } from '@filodiretto/contracts';

/** Private characters that stand around what was found: taken out of the text first, so that nobody can write them. */
export const FOUND_BEGINS = '\uE000';
export const FOUND_ENDS = '\uE001';

/** The pieces of a marked text. What a citizen wrote stays text: there is no markup in it to be believed. */
export function snippetOf(marked: string | null): SnippetPiece[] {
  if (marked === null) return [];
  return marked
    .split(FOUND_BEGINS)
    .flatMap((piece, index) => {
      if (index === 0) return [{ text: piece, found: false }];
      const [found = '', rest = ''] = piece.split(FOUND_ENDS);
      return [
        { text: found, found: true },
        { text: rest, found: false },
      ];
    })
    .filter(piece => piece.text !== '');
}
