import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DormancyView } from '@filodiretto/contracts';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { DormancyQuery } from './dormancy.query.js';

/** Who never comes. */
@ApiTags('Organisation')
@Controller('api/dormancy')
export class DormancyController {
  constructor(@Inject(DormancyQuery) private readonly query: DormancyQuery) {}

  @Get()
  @Operation('getDormancy', 'People and offices that nobody has seen for as long as the settings say')
  @ApiOkResponse({ type: DormancyView, description: 'All of them' })
  @NeverCached()
  all(@CurrentOperator() operator: Asking): Promise<DormancyView> {
    return this.query.all(operator);
  }
}
