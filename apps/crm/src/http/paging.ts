import { Problem } from '@filodiretto/platform';

const DEFAULT_LIMIT = 50;

/** Where a page begins: after the row of this instant and id, in the order of the list. */
export interface Cursor {
  /** With microseconds, as the database says it. */
  readonly at: string;
  readonly id: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

export const limitOf = (query: { readonly limit?: number }): number => query.limit ?? DEFAULT_LIMIT;

/** Reads `after`. Opaque to clients: it is only ever given back. */
export function cursorOf(after: string | undefined): Cursor | undefined {
  if (after === undefined) return undefined;
  const [at = '', id = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  if (!UUID.test(id) || !INSTANT.test(at) || Number.isNaN(Date.parse(at))) throw strange();
  return { at, id };
}

/** What `after` of the following page is. */
export const nextOf = ({ at, id }: Cursor): string => Buffer.from(`${at} ${id}`).toString('base64url');

/** Where a page of a ranked list begins: after so many, of what there was at an instant. */
export interface RankCursor {
  readonly skip: number;
  readonly bound: string | undefined;
}

export function rankCursorOf(after: string | undefined): RankCursor {
  if (after === undefined) return { skip: 0, bound: undefined };
  const [name, skip = '', bound = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  if (name !== 'rank' || !/^\d{1,4}$/.test(skip) || !INSTANT.test(bound) || Number.isNaN(Date.parse(bound)))
    throw strange();
  return { skip: Number(skip), bound };
}
export const rankNextOf = ({ skip, bound }: RankCursor): string =>
  Buffer.from(`rank ${skip} ${bound ?? ''}`).toString('base64url');

/** Where a page begins in a list by distance. */
export interface DistanceCursor {
  readonly meters: number;
  readonly id: string;
}

export function distanceCursorOf(after: string | undefined): DistanceCursor | undefined {
  if (after === undefined) return undefined;
  const [name, meters = '', id = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  if (name !== 'distance' || !/^\d{1,6}(\.\d{1,20})?(e-\d{1,3})?$/.test(meters) || !UUID.test(id)) throw strange();
  return { meters: Number(meters), id };
}
export const distanceNextOf = ({ meters, id }: DistanceCursor): string =>
  Buffer.from(`distance ${meters} ${id}`).toString('base64url');

/** Where a page begins in a numbered list: after this place. */
export function placeCursorOf(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  const [name, place = ''] = Buffer.from(after, 'base64url').toString().split(' ');
  if (name !== 'place' || !/^\d{1,9}$/.test(place)) throw strange();
  return Number(place);
}
export const placeNextOf = (place: number): string => Buffer.from(`place ${place}`).toString('base64url');

const strange = (): Problem =>
  new Problem('invalid-input', undefined, {
    errors: [{ pointer: '/after', detail: 'must be the `next` of a page of this list' }],
  });

/** A page of rows, of which one more than the limit was read to know whether there is another. */
export function pageOf<Row extends Cursor, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
): { items: View[]; next?: string } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    ...(rows.length > limit && last ? { next: nextOf(last) } : {}),
  };
}

/** SQL of an instant as a cursor carries it. */
export const cursorAt = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
