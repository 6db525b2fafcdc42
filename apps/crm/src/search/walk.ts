import type { CaseFilter } from '@filodiretto/contracts';
import { readSearch } from '@filodiretto/domain';
import { asked as filterAlone, filtered, isIndexed, type Viewer } from '../case/case-filter.js';
import type { Cursor } from '../http/paging.js';
import { literal, Where } from '../http/where.js';
import { notHiddenSql } from '../permission/seen.js';

/** A filter that finds no more cases than this is looked through case by case. */
const FEW = 2_000;
/** Cases that say the words, looked at for the filter by one request, give or take a month: then it stops and tells where. */
const LOOKED_AT = 10_000;

/** A search as SQL: common table expressions, among them `hit (id, place)`, the newest first, and `reached (until)`. */
export interface Walk {
  readonly ctes: string;
  readonly parameters: Where;
  /** SQL of the words as a query, for the rank and the snippet. */
  readonly words: string;
  /** SQL of whether `s.keys` has the pieces; absent when the text has none. */
  readonly pieces?: string;
}

/**
 * The road of a search through the months, the newest first, until it has a page. Rare words and common ones alike cost no
 * more than what they find and one month beyond it: neither is every case with a common word sorted, nor is every
 * case read for a rare one. A filter that finds few cases leads instead, when an index tells so.
 */
export function walk(
  viewer: Viewer,
  filter: CaseFilter & { readonly text: string },
  asked: {
    readonly limit: number;
    readonly cursor?: Cursor | undefined;
    readonly until?: string | undefined;
    readonly parameters?: unknown[];
  },
): Walk {
  // The months are those of the administration: when nothing else is asked and who asks sees all of it, no case need be read
  // but those that are confidential.
  const { sight } = viewer;
  const sees = sight === 'all' || sight.reach === 'administration';
  const filters = !sees || filterAlone(new Where(), viewer, filter).size > 1;
  const where = new Where(asked.parameters);
  const holds = filters
    ? filtered(where, viewer, filter).toString()
    : notHiddenSql(viewer, 's.case_id', value => where.parameter(value));
  const text = readSearch(filter.text);
  const words = `websearch_to_tsquery('filodiretto', ${where.parameter(text.words)})`;
  const patterns = patternsOf(where, text.pieces);
  const pieces = patterns && `s.keys like all (${patterns})`;
  const match = pieces === undefined ? `s.document @@ ${words}` : `(s.document @@ ${words} or ${pieces})`;
  const before = asked.cursor && {
    at: `${where.parameter(asked.cursor.at)}::timestamptz`,
    id: `${where.parameter(asked.cursor.id)}::uuid`,
  };
  const after = before ? `and (s.opened_at, s.case_id) < (${before.at}, ${before.id})` : '';
  const latest = asked.until === undefined ? undefined : `${where.parameter(asked.until)}::timestamptz`;
  const until = latest === undefined ? '' : `and s.opened_at <= ${latest}`;
  const found = `cases_with_words(m.id, ${words}, ${patterns ?? 'null'}, ${before?.at ?? 'null'}, ${before?.id ?? 'null'}, ${latest ?? 'null'})`;
  const youngest = asked.cursor?.at ?? asked.until ?? filter.openedBefore;
  const months = [
    `b.administration_id = ${where.parameter(viewer.administrationId)}`,
    ...(youngest === undefined
      ? []
      : [`b.month <= (${where.parameter(youngest)}::timestamptz at time zone 'utc')::date`]),
    ...(filter.openedFrom === undefined
      ? []
      : [
          `b.month >= date_trunc('month', ${where.parameter(filter.openedFrom)}::timestamptz at time zone 'utc')::date`,
        ]),
  ].join(' and ');
  const leads = filters && isIndexed(filter);
  const few = leads
    ? `few as materialized (select c.id, c.opened_at from case_file c where ${holds} limit ${FEW + 1}),`
    : '';
  const walks = leads ? `and (select count(*) from few) > ${FEW}` : '';
  const led = leads
    ? `union all
       (select s.case_id, row_number() over (order by s.opened_at desc, s.case_id desc)
        from few f join search_case s on s.case_id = f.id
        where (select count(*) from few) <= ${FEW} and ${match} ${after} ${until}
        order by s.opened_at desc, s.case_id desc limit ${asked.limit})`
    : '';
  return {
    parameters: where,
    words,
    ...(pieces === undefined ? {} : { pieces }),
    ctes: `with recursive ${few}
      month as materialized (
        select b.id, b.month, row_number() over (order by b.month desc) as place from search_bucket b where ${months}),
      walked (place, found, seen, ids) as (
        select 0::bigint, 0::bigint, 0::bigint, '{}'::uuid[]
        union all
        select m.place, w.found + p.found, w.seen + p.seen, p.ids
        from walked w join month m on m.place = w.place + 1
        cross join lateral (
          select count(*) as seen, count(*) filter (where h.holds) as found,
            (array_agg(h.case_id order by h.opened_at desc, h.case_id desc) filter (where h.holds))[1:${asked.limit}] as ids
          from (
            select s.case_id, s.opened_at, (${holds}) as holds
            from ${found} s join case_file c on c.id = s.case_id
            where w.place >= 0
          ) h) p
        where w.found < ${asked.limit} and w.seen < ${LOOKED_AT} ${walks}),
      hit (id, place) as (
        (select u.id, row_number() over (order by w.place, u.n)
         from walked w cross join lateral unnest(w.ids) with ordinality u(id, n) order by w.place, u.n limit ${asked.limit})
        ${led}),
      reached (until) as (
        select case when m.place < (select max(place) from month) and w.found < ${asked.limit} ${walks} then m.month::timestamp at time zone 'utc' end
        from (select max(place) as place, max(found) as found from walked) w left join month m on m.place = w.place)`,
  };
}

/** SQL of the patterns that keys must be like, the longest first: the index of three-letter pieces finds by that one. */
export const patternsOf = (where: Where, pieces: readonly string[]): string | undefined =>
  pieces.length === 0
    ? undefined
    : `array[${[...pieces]
        .sort((a, b) => b.length - a.length)
        .map(piece => pattern(where, piece))
        .join(', ')}]`;

/** SQL of a pattern that a text must hold, in the spelling of the keys. */
const pattern = (where: Where, piece: string): string =>
  `'%' || lower(unaccent(${where.parameter(literal(piece))})) || '%'`;
