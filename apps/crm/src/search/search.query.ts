import { Inject, Injectable } from '@nestjs/common';
import type { CasePage, FoundCase, FoundCases, FoundCount, ListCases, SearchCases } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Viewer } from '../case/case-filter.js';
import { SUMMARY, SUMMARY_JOINS, summaryView, type SummaryRow } from '../case/case-summary.js';
import { cursorAt, cursorOf, limitOf, nextOf, rankCursorOf, rankNextOf } from '../http/paging.js';
import { FOUND_BEGINS, FOUND_ENDS, snippetOf } from './snippet.js';
import { walk, type Walk } from './walk.js';

type Text = { readonly text: string };
type Row = { readonly [K in keyof SummaryRow]: SummaryRow[K] | null } & {
  readonly until: string | null;
  readonly bound: string;
  readonly snippet: string | null;
};

/** Of a search by relevance: the newest cases among which it chooses. */
const RANKED = 1_000;
/** How far a search counts. */
const COUNTED = 1_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Looks for cases by what is said in them and by whose they are. One statement a page. */
@Injectable()
export class SearchQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The cases found, as a list. */
  async list(viewer: Viewer, filter: ListCases & Text): Promise<CasePage> {
    const { items, next } = await this.newest(viewer, filter, false);
    return { items: items.map(item => item.case), ...(next === undefined ? {} : { next }) };
  }

  /** The cases found, each with what it says. */
  find(viewer: Viewer, asked: SearchCases & Text): Promise<FoundCases> {
    return asked.order === 'relevance' ? this.mostRelevant(viewer, asked) : this.newest(viewer, asked, true);
  }

  /** How many are found, counted up to a thousand. */
  async count(viewer: Viewer, filter: SearchCases & Text): Promise<FoundCount> {
    const road = walk(viewer, filter, { limit: COUNTED + 1 });
    const [row]: { cases: number; until: string | null }[] = await this.dataSource.query(
      `${road.ctes} select (select count(*)::int from hit) as cases, r.until from reached r`,
      road.parameters.parameters,
    );
    const cases = row?.cases ?? 0;
    return { cases: Math.min(cases, COUNTED), more: cases > COUNTED || (row?.until ?? null) !== null };
  }

  private async newest(viewer: Viewer, asked: ListCases & Text, snippets: boolean): Promise<FoundCases> {
    const limit = limitOf(asked);
    const road = walk(viewer, asked, { limit: limit + 1, cursor: cursorOf(asked.after) });
    const rows = await this.rows(road, `select h.id, h.place from hit h where h.place <= ${limit}`, snippets);
    const { items, last } = shown(rows);
    const more = rows[0]?.hits !== undefined && rows[0].hits > limit;
    // Stopped before the page was full: it goes on from where it stopped.
    const next = more ? last : rows[0]?.until ? { at: rows[0].until, id: FIRST_ID } : undefined;
    return { items, ...(next ? { next: nextOf(next) } : {}) };
  }

  private async mostRelevant(viewer: Viewer, asked: SearchCases & Text): Promise<FoundCases> {
    const limit = limitOf(asked);
    const { skip, bound } = rankCursorOf(asked.after);
    const road = walk(viewer, asked, { limit: RANKED, until: bound });
    const rank = `ts_rank(s.document, ${road.words})${road.pieces === undefined ? '' : ` + case when ${road.pieces} then 1 else 0 end`}`;
    const rows = await this.rows(
      road,
      `select e.id, e.place from (
         select h.id, row_number() over (order by ${rank} desc, h.place) as place from hit h join search_case s on s.case_id = h.id) e
       where e.place > ${skip} and e.place <= ${skip + limit}`,
      true,
    );
    const { items } = shown(rows);
    const [first] = rows;
    const more = first !== undefined && first.hits > skip + limit;
    return { items, ...(more ? { next: rankNextOf({ skip: skip + limit, bound: bound ?? first.bound }) } : {}) };
  }

  private rows(road: Walk, page: string, snippets: boolean): Promise<(Row & { readonly hits: number })[]> {
    const snippet = snippets ? `(${snippetSql(road.words)})` : 'null';
    return this.dataSource.query(
      `${road.ctes}, page as materialized (${page})
       select ${SUMMARY}, ${snippet} as snippet, e.hits, e.until, e.bound
       from (select (select count(*)::int from hit) as hits, ${cursorAt('r.until')} as until, ${cursorAt('now()')} as bound from reached r) e
       left join (page join case_file c on c.id = page.id ${SUMMARY_JOINS}) on true
       order by page.place`,
      road.parameters.parameters,
    );
  }
}

const isCase = (row: Row): row is Row & SummaryRow => row.id !== null;

function shown(rows: readonly Row[]): { items: FoundCase[]; last: { at: string; id: string } | undefined } {
  const cases = rows.filter(isCase);
  const last = cases.at(-1);
  return {
    items: cases.map(row => ({ case: summaryView(row), snippet: snippetOf(row.snippet) })),
    last: last && { at: last.at, id: last.id },
  };
}

/** Any of the words, where the query asks for all of them: they may be said in several messages. */
const anyOf = (words: string): string => `replace(${words}::text, ' & ', ' | ')::tsquery`;

/**
 * What the case says around the words: of its title, its messages and its notes, the one that says most of them. Letters to offices repeat
 * what others said: theirs only where nothing else says it.
 */
const snippetSql = (words: string): string => `
  select ts_headline('filodiretto', translate(left(w.words, 20000), '${FOUND_BEGINS}${FOUND_ENDS}', ''), ${anyOf(words)},
    'StartSel=${FOUND_BEGINS}, StopSel=${FOUND_ENDS}, MaxFragments=2, MaxWords=24, MinWords=10, FragmentDelimiter=" … "')
  from (
    select c.subject as words, c.opened_at as at, false as letter
    union all select search_fields(c.id), c.opened_at, false
    union all (select m.text, m.sent_at, m.letter_id is not null from message m where m.case_id = c.id and m.copy_of is null order by m.sent_at desc, m.seq desc limit 50)
    union all (select i.text, i.created_at, false from internal_note i where i.case_id = c.id order by i.created_at desc limit 20)
  ) w
  where to_tsvector('filodiretto', left(w.words, 20000)) @@ ${anyOf(words)}
  order by w.letter, ts_rank(to_tsvector('filodiretto', left(w.words, 20000)), ${anyOf(words)}) desc, w.at desc limit 1`;
