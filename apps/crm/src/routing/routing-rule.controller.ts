import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  OrderRoutingRules,
  RoutingRuleList,
  RoutingRuleView,
  SimulateRoutingRules,
  SimulationView,
  WriteRoutingRule,
} from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted, type Making, UnitOfWork } from '../http/unit-of-work.js';
import { RouteBooks } from './route-books.js';
import { RoutingRules } from './routing-rules.js';

@ApiTags('Routing')
@Controller('api/routing-rules')
export class RoutingRuleController {
  constructor(
    @Inject(RoutingRules) private readonly rules: RoutingRules,
    @Inject(RouteBooks) private readonly books: RouteBooks,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listRoutingRules', 'Who gets which new case: the rules, in order')
  @ApiOkResponse({ type: RoutingRuleList, description: 'All of them; the first that is on and holds decides' })
  list(@CurrentOperator() operator: Asking): Promise<RoutingRuleList> {
    return this.rules.list(operator);
  }

  @Post()
  @Operation('addRoutingRule', 'Adds a rule after all others', {
    problems: ['invalid-input', 'not-allowed', 'malformed-request', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: RoutingRuleView, description: 'The rule' })
  async add(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteRoutingRule,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoutingRuleView> {
    const { id } = await this.work.make(making, (manager, made) => this.rules.add(manager, operator, made, asked));
    this.books.forget(operator.administrationId);
    reply.header('location', `/api/routing-rules/${id}`);
    return this.one(operator, id);
  }

  @Post('simulate')
  @HttpCode(200)
  @Operation('simulateRoutingRules', 'Tries rules on past cases before they are switched on', {
    description:
      'Says where the last cases that came by a channel would go, compared with where they went and who has them now. Changes nothing.',
    problems: ['invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: SimulationView, description: 'Case by case, and in all' })
  @NeverCached()
  async simulate(@CurrentOperator() operator: Asking, @Body() asked: SimulateRoutingRules): Promise<SimulationView> {
    return granted(await this.rules.simulate(operator, asked));
  }

  @Put('order')
  @Operation('orderRoutingRules', 'Puts the rules in an order', {
    problems: ['invalid-input', 'not-allowed', 'malformed-request'],
  })
  @ApiOkResponse({ type: RoutingRuleList, description: 'All of them, in the order given' })
  async order(@CurrentOperator() operator: Asking, @Body() { rules }: OrderRoutingRules): Promise<RoutingRuleList> {
    await this.work.run(manager => this.rules.order(manager, operator, rules));
    this.books.forget(operator.administrationId);
    return this.rules.list(operator);
  }

  @Get(':id')
  @Operation('getRoutingRule', 'One rule', { id: 'The rule', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: RoutingRuleView, description: 'The rule' })
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<RoutingRuleView> {
    return existing(await this.rules.one(operator, id), 'There is no such rule.');
  }

  @Put(':id')
  @Operation('writeRoutingRule', 'Writes a rule anew, in its place', {
    id: 'The rule',
    problems: ['invalid-input', 'not-allowed', 'not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: RoutingRuleView, description: 'The rule now' })
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteRoutingRule,
  ): Promise<RoutingRuleView> {
    await this.work.run(manager => this.rules.write(manager, operator, id, asked));
    this.books.forget(operator.administrationId);
    return this.one(operator, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('removeRoutingRule', 'Removes a rule', {
    id: 'The rule',
    problems: ['not-allowed', 'not-found', 'malformed-request'],
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.work.run(manager => this.rules.remove(manager, operator, id));
    this.books.forget(operator.administrationId);
  }
}
