import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ReceptionView } from '@filodiretto/contracts';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { ReceptionQuery } from './reception.query.js';

@ApiTags('Reports')
@Controller('api/receptions')
export class ReceptionController {
  constructor(@Inject(ReceptionQuery) private readonly receptions: ReceptionQuery) {}

  @Get(':id')
  @Operation('getReception', 'What became of one delivery to us', {
    shows: 'one',
    description:
      'The channels name the reception when they accept a delivery. Until something of it is recorded there is nothing here.',
    id: 'The reception',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ReceptionView, description: 'The facts of the delivery, each with its fate' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<ReceptionView> {
    return existing(await this.receptions.one(operator, id), 'Nothing of such a reception is recorded yet.');
  }
}
