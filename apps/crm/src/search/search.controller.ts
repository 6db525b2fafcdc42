import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FoundCases, FoundCount, SearchCases } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { SearchQuery } from './search.query.js';

@ApiTags('Search')
@Controller('api/search')
export class SearchController {
  constructor(@Inject(SearchQuery) private readonly search: SearchQuery) {}

  @Get()
  @Operation('searchCases', 'Looks for cases by what is said in them, and by whose they are', {
    shows: 'found',
    description:
      'Words are found whatever their ending and accents: `"…"` keeps them together, `or` takes either, `-` leaves out. A single word may also be part of a name, an address, a telephone number or the number of a case. What is new is found within a second.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: FoundCases, description: 'A page of cases' })
  @NeverCached()
  find(@CurrentOperator() operator: Asking, @Query() asked: SearchCases): Promise<FoundCases> {
    return this.search.find(operator, { ...asked, text: textOf(asked) });
  }

  @Get('count')
  @Operation('countFoundCases', 'How many cases a search finds, counted up to a thousand', {
    shows: 'found',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: FoundCount, description: 'How many' })
  @NeverCached()
  count(@CurrentOperator() operator: Asking, @Query() asked: SearchCases): Promise<FoundCount> {
    return this.search.count(operator, { ...asked, text: textOf(asked) });
  }
}

function textOf({ text }: SearchCases): string {
  if (text !== undefined) return text;
  throw new Problem('invalid-input', undefined, {
    errors: [{ pointer: '/text', detail: 'must say what to look for' }],
  });
}
