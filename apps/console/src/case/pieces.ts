import type { Schemas } from '@filodiretto/api-client';
import { isQuiet, isShownOtherwise } from './kinds-of-fact.js';

type Entry = Schemas['TimelineEntry'];
type Fact = Schemas['JournalEntryView'];

/** A stretch of the story: one entry, or steps of the machinery that follow one another. */
type Piece =
  | { readonly type: 'entry'; readonly key: string; readonly at: string; readonly entry: Entry }
  | { readonly type: 'machine'; readonly key: string; readonly at: string; readonly facts: readonly Fact[] };

/** The story in pieces, oldest first. */
export function piecesOf(timeline: readonly Entry[]): Piece[] {
  const pieces: Piece[] = [];
  for (const entry of timeline) {
    const { fact, at } = entry;
    if (fact && isShownOtherwise(fact)) continue;
    const last = pieces.at(-1);
    if (!fact || !isQuiet(fact))
      pieces.push({ type: 'entry', key: entry.message?.id ?? entry.note?.id ?? fact?.id ?? at, at, entry });
    else if (last?.type === 'machine') pieces[pieces.length - 1] = { ...last, facts: [...last.facts, fact] };
    else pieces.push({ type: 'machine', key: fact.id, at, facts: [fact] });
  }
  return pieces;
}
