import { describe, expect, it } from '@jest/globals';
import { withFirstPage } from './merge-page.js';

const page = (ids: string, next?: string) => ({
  items: [...ids].map(id => ({ id, seen: 'before' })),
  ...(next === undefined ? {} : { next }),
});
const now = (ids: string, next?: string) => ({
  ...page(ids, next),
  items: [...ids].map(id => ({ id, seen: 'now' })),
});
const shown = (pages: readonly { items: readonly { id: string }[] }[]): string =>
  pages.map(({ items }) => items.map(({ id }) => id).join('')).join('|');

describe('a long list whose first page is read again', () => {
  it('shows what is new in front and loses nothing of what it pushes down', () => {
    const pages = withFirstPage([page('abc', 'c'), page('def', 'f'), page('g')], now('xab', 'b'), new Set(['x']));
    expect(shown(pages)).toBe('xabc|def|g');
    expect(pages[0]?.next).toBe('c');
  });

  it('shows once what came up from further down', () => {
    expect(shown(withFirstPage([page('abc', 'c'), page('def')], now('eab', 'b'), new Set(['e'])))).toBe('eabc|df');
  });

  it('lets go of what changed and is not on the page any more', () => {
    expect(shown(withFirstPage([page('abc', 'c'), page('def')], now('acd', 'd'), new Set(['b'])))).toBe('acd|ef');
  });

  it('is the page that was read where there is no other', () => {
    expect(withFirstPage([page('abc')], now('ab'), new Set())).toEqual([now('ab')]);
  });
});
