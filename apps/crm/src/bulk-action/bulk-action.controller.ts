import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  BulkActionPage,
  BulkActionView,
  BulkItemPage,
  ListBulkItems,
  PageQuery,
  PrepareBulkAction,
} from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { BulkActionQuery } from './bulk-action.query.js';
import { BulkActions } from './bulk-actions.js';

class WhichPage extends PageQuery {}

@ApiTags('Bulk actions')
@Controller('api/bulk-actions')
export class BulkActionController {
  constructor(
    @Inject(BulkActions) private readonly bulk: BulkActions,
    @Inject(BulkActionQuery) private readonly query: BulkActionQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listBulkActions', 'Bulk actions of the administration, the newest first', { problems: ['invalid-input'] })
  @ApiOkResponse({ type: BulkActionPage, description: 'A page of bulk actions' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() page: WhichPage): Promise<BulkActionPage> {
    return this.query.list(operator, page);
  }

  @Post()
  @Operation('prepareBulkAction', 'Prepares the same for many cases, and says what would be refused', {
    description:
      'Nothing is changed yet: the cases are chosen now and stay chosen. What would be refused is said as far as the rules can tell; what a channel refuses is known only when it is done.',
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'too-large', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: BulkActionView, description: 'What it would do' })
  @NeverCached()
  async prepare(
    @CurrentOperator() operator: Asking,
    @Body() asked: PrepareBulkAction,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BulkActionView> {
    const { id } = await this.work.make(making, (manager, made) => this.bulk.prepare(manager, operator, made, asked));
    reply.header('location', `/api/bulk-actions/${id}`);
    return this.shown(operator, id);
  }

  @Get(':id')
  @Operation('getBulkAction', 'One bulk action, and how far it has come', {
    id: 'The bulk action',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: BulkActionView, description: 'The bulk action' })
  @NeverCached()
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<BulkActionView> {
    return this.shown(operator, id);
  }

  @Get(':id/items')
  @Operation('listBulkItems', 'What became of each case', {
    id: 'The bulk action',
    problems: ['invalid-input', 'not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: BulkItemPage, description: 'A page of cases' })
  @NeverCached()
  async items(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() asked: ListBulkItems,
  ): Promise<BulkItemPage> {
    await this.shown(operator, id);
    return this.query.items(operator, id, asked);
  }

  @Post(':id/start')
  @HttpCode(200)
  @Operation('startBulkAction', 'Lets it run, or go on after it was stopped', {
    id: 'The bulk action',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiOkResponse({ type: BulkActionView, description: 'The bulk action' })
  @NeverCached()
  async start(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<BulkActionView> {
    await this.work.run(manager => this.bulk.start(manager, operator, id));
    return this.shown(operator, id);
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Operation('stopBulkAction', 'Stops it after the case at hand; what is done stays done', {
    id: 'The bulk action',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiOkResponse({ type: BulkActionView, description: 'The bulk action' })
  @NeverCached()
  async stop(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<BulkActionView> {
    await this.work.run(manager => this.bulk.stop(manager, operator, id));
    return this.shown(operator, id);
  }

  private async shown(operator: Asking, id: string): Promise<BulkActionView> {
    return existing(await this.query.one(operator, id), 'There is no such bulk action.');
  }
}
