import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AutomationList,
  AutomationRunPage,
  AutomationSimulation,
  AutomationView,
  ListAutomationRuns,
  WriteAutomation,
} from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { existing, SeenVersion, shown, ToMake } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted, UnitOfWork, type Making } from '../http/unit-of-work.js';
import { AutomationRunQuery } from './automation-run.query.js';
import { Automations } from './automations.js';

/** Rules that act on cases by themselves. */
@ApiTags('Automations')
@Controller('api')
export class AutomationController {
  constructor(
    @Inject(Automations) private readonly automations: Automations,
    @Inject(AutomationRunQuery) private readonly runs: AutomationRunQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('automations')
  @Operation('listAutomations', 'The automations, and how they do')
  @ApiOkResponse({ type: AutomationList, description: 'All of them' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<AutomationList> {
    return { items: await this.automations.list(operator) };
  }

  @Post('automations')
  @Operation('writeAutomation', 'Keeps a new automation', {
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: AutomationView, description: 'The automation', headers: ETAG })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteAutomation,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AutomationView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.automations.write(manager, operator, { id: made, seen: 'new' }, asked),
    );
    return this.one(operator, id, reply);
  }

  @Get('automations/:id')
  @Operation('getAutomation', 'One automation', { id: 'The automation', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: AutomationView, description: 'The automation', headers: ETAG })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AutomationView> {
    const [found] = await this.automations.list(operator, id);
    return shown(found, 'There is no such automation.', reply);
  }

  @Put('automations/:id')
  @Operation('changeAutomation', 'Changes an automation, or switches it on or off', {
    id: 'The automation',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: AutomationView, description: 'The automation after it', headers: ETAG })
  @NeverCached()
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteAutomation,
    @SeenVersion() seen: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AutomationView> {
    await this.work.run(manager => this.automations.write(manager, operator, { id, seen }, asked));
    return this.one(operator, id, reply);
  }

  @Post('automations/simulate')
  @HttpCode(200)
  @Operation('simulateAutomation', 'Tries an automation on the latest cases', {
    description: 'Nothing is done.',
    problems: ['invalid-input', 'malformed-request', 'not-allowed'],
  })
  @ApiOkResponse({ type: AutomationSimulation, description: 'On which it would act' })
  @NeverCached()
  async simulate(@CurrentOperator() operator: Asking, @Body() asked: WriteAutomation): Promise<AutomationSimulation> {
    return granted(await this.automations.simulate(operator, asked));
  }

  @Get('automations/:id/runs')
  @Operation('listRunsOfAutomation', 'What an automation did, and what was left out or refused, and why', {
    id: 'The automation',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: AutomationRunPage, description: 'A page, the newest first' })
  @NeverCached()
  async ofRule(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) automation: string,
    @Query() filter: ListAutomationRuns,
  ): Promise<AutomationRunPage> {
    return existing(await this.runs.list(operator, { automation }, filter), 'There is no such automation.');
  }

  @Get('cases/:id/automation-runs')
  @Operation('listAutomationRunsOfCase', 'What automations did in a case, and what was left out or refused, and why', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: AutomationRunPage, description: 'A page, the newest first' })
  @NeverCached()
  async inCase(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Query() filter: ListAutomationRuns,
  ): Promise<AutomationRunPage> {
    return existing(await this.runs.list(operator, { caseId }, filter), 'There is no such case.');
  }
}
