import { LIST_SCHEMA, pageOf, ScimFault, type Json } from './scim.js';
import { filterOf, orderOf, shownOf, type Sought } from './scim-query.js';

/** More are not looked through one by one. */
const MOST = 20_000;

/** What a list is asked for (RFC 7644, section 3.4.2). */
export interface ListQuery {
  readonly filter?: unknown;
  readonly sortBy?: unknown;
  readonly sortOrder?: unknown;
  readonly startIndex?: unknown;
  readonly count?: unknown;
  readonly attributes?: unknown;
  readonly excludedAttributes?: unknown;
}

/**
 * Resources from the store in its own order; of each, whether parts that cost are to be told too. `sought`: others need not be given, where the
 * store can tell them apart.
 */
export type Source = (
  page: { readonly from: number; readonly count: number },
  costly: boolean,
  sought?: Sought,
) => Promise<{ readonly total: number; readonly items: readonly Json[] }>;

/**
 * A page of a list. Without a filter or an order the store gives the page alone; with one all are looked through, up to a bound
 * (`tooMany`), but for one that is asked for by its name. `costly` names an attribute that the store tells only where it is asked about or shown.
 */
export async function listed(query: ListQuery, source: Source, costly?: string): Promise<object> {
  const page = pageOf(query.startIndex, query.count);
  const filter = filterOf(query.filter);
  const order = orderOf(query.sortBy, query.sortOrder);
  const shown = shownOf(query.attributes, query.excludedAttributes);
  const isShown = costly !== undefined && !shown.leavesOut(costly);
  const { total, items } = filter || order ? await lookedThrough() : await source(page, isShown);
  return {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    startIndex: page.from,
    itemsPerPage: items.length,
    Resources: items.map(shown.of),
  };

  async function lookedThrough(): Promise<{ total: number; items: readonly Json[] }> {
    const isAsked = costly !== undefined && (filter?.asks.has(costly) === true || order?.asks === costly);
    const all = await source({ from: 1, count: MOST }, isShown || isAsked, filter?.sought);
    if (all.total > MOST)
      throw new ScimFault(400, 'tooMany', `More than ${MOST} are not looked through: ask for less.`);
    const those = all.items.filter(one => filter?.accepts(one) ?? true);
    // What is alike stays in the order of the store.
    const sorted = order ? [...those].sort(order.compare) : those;
    return { total: sorted.length, items: sorted.slice(page.from - 1, page.from - 1 + page.count) };
  }
}
