import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  LegalHoldList,
  LiftHold,
  PlaceHold,
  RetentionPolicyList,
  RetentionRunList,
  RetentionRunView,
  RetentionScheduleView,
  StartRetentionRun,
  WriteRetentionPolicy,
  WriteRetentionSchedule,
} from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { existing, SeenVersion, ToMake } from '../http/asked.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { RecentLogin } from '../identity/recent-login.js';
import { Holds } from './holds.js';
import { RetentionPolicies } from './policies.js';
import { RetentionRuns } from './runs.js';
import { RetentionSchedule } from './schedule.js';

@ApiTags('Privacy')
@Controller('api')
export class RetentionController {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(RetentionPolicies) private readonly policies: RetentionPolicies,
    @Inject(RetentionRuns) private readonly runs: RetentionRuns,
    @Inject(RetentionSchedule) private readonly schedule: RetentionSchedule,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('retention/policies')
  @Operation('listRetentionPolicies', 'Until when what is kept, and why')
  @ApiOkResponse({ type: RetentionPolicyList, description: 'All terms, by code' })
  all(@CurrentOperator() operator: Asking): Promise<RetentionPolicyList> {
    return this.policies.all(this.dataSource, operator);
  }

  @Put('retention/policies/:code')
  @Operation('decideRetention', 'Decides until when something is kept', {
    description: 'A term that is as shipped is decided with `If-Match: "0"`.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @ApiParam({
    name: 'code',
    description: '`case.<kind>`, `category.<id>` or the name of a thing',
    schema: { type: 'string' },
  })
  @IfMatch()
  @ApiOkResponse({ type: RetentionPolicyList, description: 'All terms after it' })
  async decide(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Body() asked: WriteRetentionPolicy,
    @SeenVersion() expectedVersion: number,
  ): Promise<RetentionPolicyList> {
    await this.work.run(manager => this.policies.decide(manager, operator, { code, expectedVersion }, asked));
    return this.all(operator);
  }

  @Get('retention/schedule')
  @Operation('getRetentionSchedule', 'Whether what has had its time goes every night by itself')
  @ApiOkResponse({ type: RetentionScheduleView, description: 'What was decided' })
  @NeverCached()
  scheduled(@CurrentOperator() operator: Asking): Promise<RetentionScheduleView> {
    return this.schedule.of(this.dataSource, operator);
  }

  @Put('retention/schedule')
  @Operation('decideRetentionSchedule', 'Has what has had its time go every night by itself, or not any more', {
    description: 'As shipped it does not, which is version 0. A run that is under way goes on until it is stopped.',
    problems: ['invalid-input', 'malformed-request', 'version-required', 'version-stale', 'step-up-required'],
  })
  @RecentLogin()
  @IfMatch()
  @ApiOkResponse({ type: RetentionScheduleView, description: 'What holds from now on' })
  @NeverCached()
  async decideSchedule(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteRetentionSchedule,
    @SeenVersion() expectedVersion: number,
  ): Promise<RetentionScheduleView> {
    await this.work.run(manager => this.schedule.decide(manager, operator, expectedVersion, asked));
    return this.scheduled(operator);
  }

  @Get('retention/runs')
  @Operation('listRetentionRuns', 'The last runs, and how far they are')
  @ApiOkResponse({ type: RetentionRunList, description: 'The newest first' })
  @NeverCached()
  async ran(@CurrentOperator() operator: Asking): Promise<RetentionRunList> {
    return { items: await this.runs.latest(operator) };
  }

  @Post('retention/runs')
  @Operation('prepareRetention', 'Looks at what has had its time, and destroys nothing', {
    problems: ['malformed-request', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: RetentionRunView, description: 'What a run would destroy' })
  @NeverCached()
  async prepare(@CurrentOperator() operator: Asking, @ToMake() making: Making): Promise<RetentionRunView> {
    const { id } = await this.work.make(making, (manager, made) => this.runs.prepare(manager, operator, made));
    return this.one(operator, id);
  }

  @Get('retention/runs/:id')
  @Operation('getRetentionRun', 'How far a run is', { id: 'The run', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: RetentionRunView, description: 'The run' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<RetentionRunView> {
    return existing(await this.runs.one(operator, id), 'There is no such run.');
  }

  @Post('retention/runs/:id/start')
  @HttpCode(202)
  @Operation('startRetention', 'Destroys what has had its time, by night unless told', {
    id: 'The run',
    problems: [
      'invalid-input',
      'not-found',
      'malformed-request',
      'version-stale',
      'retention-under-way',
      'step-up-required',
    ],
  })
  @RecentLogin()
  @ApiAcceptedResponse({ type: RetentionRunView, description: 'The run, which goes on in the background' })
  @NeverCached()
  async start(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { byDay }: StartRetentionRun,
  ): Promise<RetentionRunView> {
    await this.work.run(manager => this.runs.start(manager, operator, id, byDay === true));
    return this.one(operator, id);
  }

  @Post('retention/runs/:id/stop')
  @HttpCode(200)
  @Operation('stopRetention', 'Stops a run: what is done stays done', {
    id: 'The run',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: RetentionRunView, description: 'The run' })
  @NeverCached()
  async stop(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<RetentionRunView> {
    await this.work.run(manager => this.runs.stop(manager, operator, id));
    return this.one(operator, id);
  }

  @Get('legal-holds')
  @Operation('listHolds', 'What nothing may be destroyed of')
  @ApiOkResponse({ type: LegalHoldList, description: 'Holds, the newest first; those lifted too' })
  @NeverCached()
  async held(@CurrentOperator() operator: Asking): Promise<LegalHoldList> {
    return { items: await this.holds.all(this.dataSource, operator) };
  }

  @Post('legal-holds')
  @Operation('placeHold', 'Has nothing of a case, or of a contact, destroyed', {
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: LegalHoldList, description: 'Holds after it' })
  @NeverCached()
  async place(
    @CurrentOperator() operator: Asking,
    @Body() asked: PlaceHold,
    @ToMake() making: Making,
  ): Promise<LegalHoldList> {
    await this.work.make(making, (manager, made) => this.holds.place(manager, operator, made, asked));
    return this.held(operator);
  }

  @Post('legal-holds/:id/lift')
  @HttpCode(200)
  @Operation('liftHold', 'Lifts a hold', {
    id: 'The hold',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: LegalHoldList, description: 'Holds after it' })
  @NeverCached()
  async lift(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: LiftHold,
  ): Promise<LegalHoldList> {
    await this.work.run(manager => this.holds.lift(manager, operator, id, reason));
    return this.held(operator);
  }
}
