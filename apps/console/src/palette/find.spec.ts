import { describe, expect, it } from '@jest/globals';
import { found } from './find.js';

const named = (...labels: readonly string[]) => labels.map(label => ({ label }));
const names = (all: readonly { label: string }[]): string[] => all.map(({ label }) => label);

describe('what is typed into the palette', () => {
  const all = named('Nota interna', 'Unità di crisi', 'Dai l’esito', 'Passa all’unità');

  it('finds by words in any order, whatever the accents and the case', () => {
    expect(names(found(all, 'UNITA'))).toEqual(['Unità di crisi', 'Passa all’unità']);
    expect(names(found(all, 'interna no'))).toEqual(['Nota interna']);
  });

  it('shows first what begins so', () => {
    expect(names(found(named('Rimetti in coda', 'In coda'), 'in'))).toEqual(['In coda', 'Rimetti in coda']);
  });

  it('shows everything when nothing is typed, and nothing that has not every word', () => {
    expect(found(all, '  ')).toHaveLength(4);
    expect(found(all, 'nota esito')).toEqual([]);
  });
});
