import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { LetterPage, ListLetters } from '@filodiretto/contracts';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { LetterQuery } from './letter.query.js';

@ApiTags('Letters')
@Controller('api/letters')
export class LetterController {
  constructor(@Inject(LetterQuery) private readonly query: LetterQuery) {}

  @Get()
  @Operation('listLetters', 'What was written to offices, their people and bodies outside, and what became of it', {
    problems: ['invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: LetterPage, description: 'A page, the newest first' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListLetters): Promise<LetterPage> {
    return this.query.list(operator, filter);
  }
}
