/** A row that can be told from others. */
interface Row {
  readonly id: string;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/**
 * The pages of a long list after its first one was read again: what is new stands in front, what changed is as read now, and what was only
 * pushed further down stays where it was. Rows that changed and are no longer on the first page go from there, and from every page where
 * a newer one stands for them.
 */
export function withFirstPage<T extends Row, P extends Page<T>>(
  pages: readonly P[],
  first: P,
  changed: ReadonlySet<string>,
): P[] {
  const [before, ...rest] = pages;
  if (!before || rest.length === 0) return [first];
  const read = new Set(first.items.map(({ id }) => id));
  const pushed = before.items.filter(({ id }) => !read.has(id) && !changed.has(id));
  return [
    { ...before, items: [...first.items, ...pushed] },
    ...rest.map(page => ({ ...page, items: page.items.filter(({ id }) => !read.has(id)) })),
  ];
}
