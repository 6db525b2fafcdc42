import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AskSpikes,
  CaseCounts,
  ReceptionReport,
  ReceptionReportQuery,
  SpikeList,
  WallboardView,
} from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import { CaseQuery } from '../case/case.query.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { dayFaults } from './days.js';
import { ReportQuery } from './report.query.js';
import { SpikeQuery } from './spike.query.js';
import { WallboardQuery } from './wallboard.query.js';

@ApiTags('Reports')
@Controller('api/reports')
export class ReportController {
  constructor(
    @Inject(ReportQuery) private readonly reports: ReportQuery,
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(WallboardQuery) private readonly wallboard: WallboardQuery,
    @Inject(SpikeQuery) private readonly spikeQuery: SpikeQuery,
  ) {}

  @Get('cases')
  @Operation('countCases', 'How many cases stand where, for each office and state')
  @ApiOkResponse({ type: CaseCounts, description: 'The counts' })
  counts(@CurrentOperator() operator: Asking): Promise<CaseCounts> {
    return this.cases.counts(operator);
  }

  @Get('reception')
  @Operation('reportReception', 'Whether anything that reached us was lost', {
    description:
      'For each day and channel, how many deliveries reached us and what became of every fact they carried. `missing` is 0, or somebody must look.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: ReceptionReport, description: 'The report' })
  reception(@CurrentOperator() operator: Asking, @Query() query: ReceptionReportQuery): Promise<ReceptionReport> {
    const errors = dayFaults(query);
    if (errors.length > 0) throw new Problem('invalid-input', undefined, { errors });
    return this.reports.reception(operator, query);
  }

  @Get('wallboard')
  @Operation('showWallboard', 'How everything stands now: what waits, who is there, how citizens are served today', {
    description:
      'Of cases that whoever asks may see. The service of an office of fewer than five people is shown only under an authorisation to count people one by one.',
  })
  @ApiOkResponse({ type: WallboardView, description: 'The figures' })
  @NeverCached()
  now(@CurrentOperator() operator: Asking): Promise<WallboardView> {
    return this.wallboard.now(operator);
  }

  @Get('spikes')
  @Operation('listSpikes', 'What is suddenly more than usual', {
    description:
      'Categories of which far more cases came in the last hours, in an area or with an office, than at these hours of this day of the week in the weeks before. Of cases that whoever asks sees; confidential ones are not counted.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: SpikeList, description: 'The spikes' })
  @NeverCached()
  spikes(@CurrentOperator() operator: Asking, @Query() { hours }: AskSpikes): Promise<SpikeList> {
    return this.spikeQuery.now(operator, hours);
  }
}
