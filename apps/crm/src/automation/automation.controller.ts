import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AutomationList, AutomationSimulation, AutomationView, WriteAutomation } from '@filodiretto/contracts';
import { existing, ToMake } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted, UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Automations } from './automations.js';

/** Rules that act on cases by themselves. */
@ApiTags('Automations')
@Controller('api/automations')
export class AutomationController {
  constructor(
    @Inject(Automations) private readonly automations: Automations,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listAutomations', 'The automations, and how they do')
  @ApiOkResponse({ type: AutomationList, description: 'All of them' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<AutomationList> {
    return { items: await this.automations.list(operator) };
  }

  @Post()
  @Operation('writeAutomation', 'Keeps a new automation', {
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: AutomationView, description: 'The automation' })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteAutomation,
    @ToMake() making: Making,
  ): Promise<AutomationView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.automations.write(manager, operator, made, asked, true),
    );
    return this.one(operator, id);
  }

  @Get(':id')
  @Operation('getAutomation', 'One automation', { id: 'The automation', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: AutomationView, description: 'The automation' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<AutomationView> {
    const [found] = await this.automations.list(operator, id);
    return existing(found, 'There is no such automation.');
  }

  @Put(':id')
  @Operation('changeAutomation', 'Changes an automation, or switches it on or off', {
    id: 'The automation',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'],
  })
  @ApiOkResponse({ type: AutomationView, description: 'The automation after it' })
  @NeverCached()
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteAutomation,
  ): Promise<AutomationView> {
    await this.work.run(manager => this.automations.write(manager, operator, id, asked, false));
    return this.one(operator, id);
  }

  @Post('simulate')
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
}
