import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RateService, RatingView, SurveyReport, SurveyReportQuery } from '@filodiretto/contracts';
import { networkOf, Problem } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { dayFaults } from '../report/days.js';
import { SurveyQuery } from './survey.query.js';
import { Surveys } from './surveys.js';

/** What a citizen says of the service, with the code of their case. */
@ApiTags('Citizens')
@Controller('public/ratings')
export class RatingController {
  private readonly pace = new TokenBuckets({ perSecond: 1, burst: 60 });

  constructor(@Inject(Surveys) private readonly surveys: Surveys) {}

  @Post()
  @HttpCode(200)
  @Operation('rateService', 'Rates the service of a case that has an outcome', {
    description:
      'Once for each case, by its code; said again within thirty days of the outcome, it changes. A wrong code and a case that does not exist look the same.',
    problems: ['not-found', 'transition-not-allowed', 'invalid-input', 'malformed-request', 'too-many-requests'],
  })
  @ApiOkResponse({ type: RatingView, description: 'The rating' })
  @NeverCached()
  async rate(@Body() said: RateService, @Req() request: FastifyRequest): Promise<RatingView> {
    const wait = this.pace.take(networkOf(request.ip));
    if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
    const rated = await this.surveys.rate(said);
    if (rated === 'none') throw new Problem('not-found', 'There is no case with this code.');
    if (rated === 'over')
      throw new Problem('transition-not-allowed', 'A case is rated once it has an outcome, and for thirty days.');
    return rated;
  }
}

/** What citizens said, for who watches over the offices. */
@ApiTags('Reports')
@Controller('api/reports/surveys')
export class SurveyReportController {
  constructor(@Inject(SurveyQuery) private readonly query: SurveyQuery) {}

  @Get()
  @Operation('reportSurveys', 'What citizens said of the service, office by office', {
    description:
      'Of an office with fewer than five ratings nothing is shown, so that nobody is told apart. Only cases that whoever asks may see are counted.',
    shows: 'one',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: SurveyReport, description: 'The report' })
  @NeverCached()
  report(@CurrentOperator() operator: Asking, @Query() query: SurveyReportQuery): Promise<SurveyReport> {
    const errors = dayFaults(query);
    if (errors.length > 0) throw new Problem('invalid-input', undefined, { errors });
    return this.query.report(operator, query);
  }
}
