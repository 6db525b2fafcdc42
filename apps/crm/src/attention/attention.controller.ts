import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AttentionList, PayAttention } from '@filodiretto/contracts';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Attentions, LEASE_SECONDS } from './attentions.js';

/** Who else has a case before them, so that no two people answer at once. */
@ApiTags('Cases')
@Controller('api/cases')
export class AttentionController {
  constructor(@Inject(Attentions) private readonly attentions: Attentions) {}

  @Get(':id/attention')
  @Operation('getAttention', 'Who has a case before them now', {
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: AttentionList, description: 'Who, and whether they write' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<AttentionList> {
    return this.attentions.of(operator, id);
  }

  @Put(':id/attention')
  @Operation('payAttention', 'Says that the operator has a case before them, or writes in it', {
    description: `To be said again every 5 seconds: after ${LEASE_SECONDS} without it they are gone. Whoever sees the case is told of changes by \`attention.changed\` on the stream. No trace stays of it.`,
    id: 'The case',
    problems: ['not-found', 'invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: AttentionList, description: 'Who has it before them now' })
  @NeverCached()
  async pay(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { doing }: PayAttention,
  ): Promise<AttentionList> {
    return existing(await this.attentions.pay(operator, id, doing), 'There is no such case.');
  }

  @Delete(':id/attention')
  @HttpCode(204)
  @Operation('endAttention', 'Says that the operator has a case before them no longer', {
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiNoContentResponse({ description: 'They are gone' })
  async end(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.attentions.leave(operator, id);
  }
}
