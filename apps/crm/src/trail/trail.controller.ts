import { Controller, Get, Inject, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ListTrail, TrailFilter, TrailPage, TrailState } from '@filodiretto/contracts';
import { Download, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { fileOf } from '../organisation-file/csv.js';
import { TRAIL_COLUMNS, TrailQuery } from './trail.query.js';

/** Who looked at what, searched, took away and changed. Reading it leaves an entry too. */
@ApiTags('Trail')
@Controller('api/trail')
export class TrailController {
  constructor(@Inject(TrailQuery) private readonly query: TrailQuery) {}

  @Get()
  @Operation('listTrail', 'Who looked at what, searched, took away and changed', {
    shows: 'one',
    problems: ['not-allowed', 'invalid-input'],
  })
  @ApiOkResponse({ type: TrailPage, description: 'A page, the newest first' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListTrail): Promise<TrailPage> {
    return this.query.list(operator, filter);
  }

  @Get('state')
  @Operation('getTrailState', 'Where the chain stands, and who keeps anchors of it', { problems: ['not-allowed'] })
  @ApiOkResponse({ type: TrailState, description: 'The last seal and the last anchors' })
  @NeverCached()
  state(@CurrentOperator() operator: Asking): Promise<TrailState> {
    return this.query.state(operator);
  }

  @Get('file')
  @Operation('exportTrail', 'Entries of the trail as a file', {
    shows: 'file',
    problems: ['not-allowed', 'invalid-input'],
  })
  @Download('text/csv')
  @NeverCached()
  file(@CurrentOperator() operator: Asking, @Query() filter: TrailFilter): StreamableFile {
    return new StreamableFile(fileOf(TRAIL_COLUMNS, this.query.file(operator, filter)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="trail.csv"',
    });
  }
}
