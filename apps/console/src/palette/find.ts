/** Something with a name. */
interface Named {
  readonly label: string;
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Those whose name has every word that was typed, in any order and without accents; a name that begins so stands first. */
export function found<T extends Named>(all: readonly T[], typed: string): T[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...all];
  return all
    .map(one => ({ one, name: plain(one.label) }))
    .filter(({ name }) => words.every(word => name.includes(word)))
    .map((entry, order) => ({ ...entry, order, first: entry.name.startsWith(words[0] ?? '') ? 0 : 1 }))
    .sort((a, b) => a.first - b.first || a.order - b.order)
    .map(({ one }) => one);
}
