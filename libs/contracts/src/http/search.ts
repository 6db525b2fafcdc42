import { AnyText, Flag, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { CaseFilter } from './case-filter.js';
import { CaseSummary } from './case.js';
import { After, Limit } from './page.js';

/** In which order found cases come. */
export const SEARCH_ORDERS = ['newest', 'relevance'] as const;
export type SearchOrder = (typeof SEARCH_ORDERS)[number];

/** Which cases are looked for. */
export class SearchCases extends CaseFilter {
  @OneOf('The newest first (what it is unless said), or those that say it most, among the thousand newest', SEARCH_ORDERS, {
    optional: true,
    example: 'relevance',
  })
  readonly order?: SearchOrder;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}

/** A piece of what a case says. Plain text: whoever shows it as HTML escapes it. */
export class SnippetPiece {
  @AnyText('The words', { max: 2_000, example: 'Il ' }) readonly text: string;
  @Flag('Whether they are what was looked for') readonly found: boolean;
}

/** A case that was found, and where it says so. */
export class FoundCase {
  @One('The case', () => CaseSummary) readonly case: CaseSummary;
  @ListOf('What it says around the words that were looked for; nothing when they are a name, number or address', () => SnippetPiece, {
    max: 200,
  })
  readonly snippet: SnippetPiece[];
}
export class FoundCases {
  @ListOf('The cases', () => FoundCase, { max: 200 }) readonly items: FoundCase[];
  @Text('What to ask `after` to go on; absent at the end. A page may hold fewer than asked, or none, and go on all the same', {
    max: 500,
    optional: true,
  })
  readonly next?: string;
}

/** How many cases are found, as far as it pays to count. */
export class FoundCount {
  @Whole('How many', { example: 1_000 }) readonly cases: number;
  @Flag('Whether there are more') readonly more: boolean;
}
