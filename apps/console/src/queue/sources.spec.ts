import { describe, expect, it } from '@jest/globals';
import { filterOfSource, foundSource, isFound, sourceOf } from './sources.js';

describe('the list of a filter that nobody saved', () => {
  it('is told by its address, whatever its words', () => {
    const filter = { text: 'perché? «via Roma» / 100% + più', priority: 'urgent', unassigned: true } as const;
    const source = foundSource(filter);
    expect(source).toMatch(/^found-[\w-]+$/);
    expect(isFound(source)).toBe(true);
    expect(filterOfSource(source)).toEqual(filter);
    expect(sourceOf(source, 'newest')).toEqual({ type: 'filter', filter, sort: 'newest' });
  });

  it('is that of the open ones where the address says nothing right', () => {
    expect(filterOfSource('found-x')).toEqual({ open: true });
    expect(filterOfSource('found-')).toEqual({ open: true });
  });
});
