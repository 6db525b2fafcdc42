import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MeView, OfficeList, OnDutyList, OnDutyQuery, OperatorList } from '@filodiretto/contracts';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { OnDutyNow } from './on-duty.query.js';
import { OrganisationQuery } from './organisation.query.js';

@ApiTags('Organisation')
@Controller('api')
export class OrganisationController {
  constructor(
    @Inject(OrganisationQuery) private readonly organisation: OrganisationQuery,
    @Inject(OnDutyNow) private readonly onDuty: OnDutyNow,
  ) {}

  @Get('offices')
  @Operation('listOffices', 'The tree of offices of the administration')
  @ApiOkResponse({ type: OfficeList, description: 'All of them, by name' })
  offices(@CurrentOperator() operator: Asking): Promise<OfficeList> {
    return this.organisation.offices(operator);
  }

  @Get('operators')
  @Operation('listOperators', 'The people who answer citizens')
  @ApiOkResponse({ type: OperatorList, description: 'All of them, by name' })
  operators(@CurrentOperator() operator: Asking): Promise<OperatorList> {
    return this.organisation.operators(operator);
  }

  @Get('operators/me')
  @Operation('getMe', 'The operator whose token this is')
  @ApiOkResponse({ type: MeView, description: 'The operator and their administration' })
  me(@CurrentOperator() operator: Asking): Promise<MeView> {
    return this.organisation.me(operator);
  }

  @Get('on-duty')
  @Operation('onDuty', 'Who can take a citizen straight through at this moment', {
    description:
      'Specialists and experts of the offices that answer for the topic: open now, available, heard of lately, not away; or whoever stands in for them. Every office that answers is listed, with where to call or write when nobody is free.',
    problems: ['invalid-input', 'not-found'],
  })
  @ApiOkResponse({ type: OnDutyList, description: 'The offices, those where somebody is free first' })
  @NeverCached()
  async duty(@CurrentOperator() operator: Asking, @Query() asked: OnDutyQuery): Promise<OnDutyList> {
    return existing(await this.onDuty.forTopic(operator, asked), 'There is no such topic.');
  }
}
