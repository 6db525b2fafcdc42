import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '@filodiretto/api-client';
import { piecesOf } from './pieces.js';

type Entry = Schemas['TimelineEntry'];
type Fact = Schemas['JournalEntryView'];

const fact = (id: string, of: Fact['fact'], kind: Fact['actor']['kind']): Entry => ({
  type: 'fact',
  at: '2026-03-02T09:00:00Z',
  fact: { id, fact: of, actor: { kind }, version: 1, at: '2026-03-02T09:00:00Z', data: {}, hash: '' },
});
const note = (id: string): Entry => ({
  type: 'note',
  at: '2026-03-02T09:00:00Z',
  note: { id, text: 'Sentito l’ufficio', createdAt: '2026-03-02T09:00:00Z' },
});
const shape = (...entries: readonly Entry[]): string[] =>
  piecesOf(entries).map(piece => (piece.type === 'machine' ? `machine ${piece.facts.length}` : piece.key));

describe('the story of a case', () => {
  it('folds together what machines did one after the other', () => {
    expect(
      shape(
        fact('a', 'letter_queued', 'system'),
        fact('b', 'reminded', 'system'),
        note('n'),
        fact('c', 'tagged', 'automation'),
      ),
    ).toEqual(['machine 2', 'n', 'machine 1']);
  });

  it('never folds away that a term expired, nor what a person did', () => {
    expect(shape(fact('a', 'deadline_breached', 'system'), fact('b', 'tagged', 'operator'))).toEqual(['a', 'b']);
  });

  it('does not tell a message or a note twice', () => {
    expect(shape(note('n'), fact('a', 'note_added', 'operator'), fact('b', 'reply_queued', 'operator'))).toEqual(['n']);
  });
});
