import type { Schemas } from '../api/client.js';

type Listed = Schemas['OfficeView'] & { readonly depth: number };

/** Offices in the order of the tree: each below the one it belongs to. */
export function treeOf(offices: readonly Schemas['OfficeView'][]): Listed[] {
  const known = new Set(offices.map(({ id }) => id));
  const below = (parent: string | undefined, depth: number): Listed[] =>
    offices
      .filter(one => (one.parent !== undefined && known.has(one.parent) ? one.parent : undefined) === parent)
      .flatMap(one => [{ ...one, depth }, ...below(one.id, depth + 1)]);
  return below(undefined, 0);
}
