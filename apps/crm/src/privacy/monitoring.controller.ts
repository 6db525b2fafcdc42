import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  EndMonitoringAuthorizations,
  MonitoringAuthorizationList,
  RecordMonitoringAuthorization,
} from '@filodiretto/contracts';
import { ToMake } from '../http/asked.js';
import { IdempotencyKey, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Monitoring } from './monitoring.js';

/** By what people who work here may be counted one by one. */
@ApiTags('Privacy')
@Controller('api/monitoring-authorizations')
export class MonitoringController {
  constructor(
    @Inject(Monitoring) private readonly monitoring: Monitoring,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listMonitoringAuthorizations', 'By what people who work here may be counted one by one')
  @ApiOkResponse({ type: MonitoringAuthorizationList, description: 'All of them, the newest first' })
  list(@CurrentOperator() operator: Asking): Promise<MonitoringAuthorizationList> {
    return this.monitoring.all(operator);
  }

  @Post()
  @Operation(
    'recordMonitoringAuthorization',
    'Records an agreement with the unions, or the leave of the labour inspectorate',
    {
      problems: ['invalid-input', 'malformed-request', 'idempotency-mismatch'],
    },
  )
  @IdempotencyKey()
  @ApiCreatedResponse({ type: MonitoringAuthorizationList, description: 'All of them after it' })
  async record(
    @CurrentOperator() operator: Asking,
    @Body() asked: RecordMonitoringAuthorization,
    @ToMake() making: Making,
  ): Promise<MonitoringAuthorizationList> {
    await this.work.make(making, (manager, id) => this.monitoring.record(manager, operator, id, asked));
    return this.list(operator);
  }

  @Post('end')
  @HttpCode(200)
  @Operation('endMonitoringAuthorizations', 'Ends whatever holds: nothing is counted one by one any more', {
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: MonitoringAuthorizationList, description: 'All of them after it' })
  async end(
    @CurrentOperator() operator: Asking,
    @Body() asked: EndMonitoringAuthorizations,
  ): Promise<MonitoringAuthorizationList> {
    await this.work.run(manager => this.monitoring.end(manager, operator, asked.reason));
    return this.list(operator);
  }
}
