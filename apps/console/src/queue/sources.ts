import type { CaseFilter, ListSource, Sort } from '../api/queries.js';
import { keep, kept } from '../app/kept.js';

const endOfToday = (): string => {
  const day = new Date();
  day.setHours(24, 0, 0, 0);
  return day.toISOString();
};

/** The lists that everybody has, in the order in which they are shown. */
export const BUILT_IN = ['mine', 'office', 'unassigned', 'late', 'due', 'followed', 'open', 'ended'] as const;
export type BuiltIn = (typeof BUILT_IN)[number];

/** Those whose number of cases is shown. */
export const COUNTED: readonly BuiltIn[] = ['mine', 'office', 'unassigned', 'late', 'due'];

export const isBuiltIn = (source: string): source is BuiltIn => BUILT_IN.some(one => one === source);

/** Which cases a built-in list shows. */
export function filterOf(source: BuiltIn): CaseFilter {
  switch (source) {
    case 'mine':
      return { assignedToMe: true, open: true };
    case 'office':
      return { ofMyOffice: true, open: true };
    case 'unassigned':
      return { unassigned: true, open: true };
    case 'late':
      return { late: true, open: true };
    case 'due':
      return { dueBefore: endOfToday(), open: true };
    case 'followed':
      return { followedByMe: true };
    case 'open':
      return { open: true };
    case 'ended':
      return { open: false };
  }
}

const SORTS = ['newest', 'nextDue'] as const;

/** In which order lists are shown in this browser. */
export const sortNow = (): Sort => kept('sort', SORTS) ?? 'newest';
export const sortBy = (sort: Sort): void => void keep('sort', sort);

const FOUND = 'found-';
const VIEW = 'view-';
const QUEUE = 'queue-';

export const viewSource = (view: string): string => VIEW + view;
export const queueSource = (office: string): string => QUEUE + office;

/** The list of a filter that nobody saved: the filter stands in its address. */
export const foundSource = (filter: CaseFilter): string =>
  FOUND +
  btoa(encodeURIComponent(JSON.stringify(filter)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const isFound = (source: string): boolean => source.startsWith(FOUND);

/** What an address says is to be found; an address that says nothing right finds the open ones. */
function filterIn(source: string): CaseFilter {
  try {
    const text = source.slice(FOUND.length).replaceAll('-', '+').replaceAll('_', '/');
    const filter: unknown = JSON.parse(decodeURIComponent(atob(text)));
    return typeof filter === 'object' && filter !== null ? filter : { open: true };
  } catch {
    return { open: true };
  }
}

/** The office of a queue's list; undefined for every other list. */
export const officeOfSource = (source: string): string | undefined =>
  source.startsWith(QUEUE) ? source.slice(QUEUE.length) : undefined;

/** What to ask for the list that a place names. */
export function sourceOf(source: string, sort: Sort): ListSource {
  if (source.startsWith(VIEW)) return { type: 'view', view: source.slice(VIEW.length) };
  return { type: 'filter', filter: filterOfSource(source), sort };
}

/** The filter of every list but those of views, which the core keeps. */
export function filterOfSource(source: string): CaseFilter {
  const office = officeOfSource(source);
  if (office !== undefined) return { office, open: true };
  if (isFound(source)) return filterIn(source);
  return filterOf(isBuiltIn(source) ? source : 'open');
}
