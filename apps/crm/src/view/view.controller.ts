import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CasePage, ChangeView, PageQuery, SavedView, SavedViews, SaveView } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { CaseQuery } from '../case/case.query.js';
import { ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Trail, wordsSought } from '../trail/trail.js';
import { Views } from './views.js';

class WhichPage extends PageQuery {}

@ApiTags('Views')
@Controller('api/views')
export class ViewController {
  constructor(
    @Inject(Views) private readonly views: Views,
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get()
  @Operation('listViews', 'The views of who asks, and those shared with them, each with its count', {
    description:
      'Counted up to a thousand. While one follows the stream, `view.counted` tells the counts that change: all of them at first.',
  })
  @ApiOkResponse({ type: SavedViews, description: 'One’s own first' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<SavedViews> {
    return { items: await this.views.list(operator) };
  }

  @Post()
  @Operation('saveView', 'Saves a filter under a name', {
    description: 'What a filter says of "mine" and "my office" means whoever looks, also in a shared view.',
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: SavedView, description: 'The view' })
  @NeverCached()
  async save(
    @CurrentOperator() operator: Asking,
    @Body() asked: SaveView,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedView> {
    const { id } = await this.work.make(making, (manager, made) => this.views.keep(manager, operator, made, asked));
    reply.header('location', `/api/views/${id}`);
    return this.shown(operator, id);
  }

  @Get(':id')
  @Operation('getView', 'One view', { id: 'The view', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: SavedView, description: 'The view' })
  @NeverCached()
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<SavedView> {
    return this.shown(operator, id);
  }

  @Get(':id/cases')
  @Operation('listViewCases', 'The cases that a view shows, the newest first', {
    shows: 'found',
    id: 'The view',
    problems: ['invalid-input', 'not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: CasePage, description: 'A page of cases' })
  @NeverCached()
  async page(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() page: WhichPage,
  ): Promise<CasePage> {
    const { filter } = await this.shown(operator, id);
    const words = wordsSought({ ...filter });
    if (words !== undefined)
      await this.trail.write(undefined, {
        operator,
        act: 'searched',
        operation: 'listViewCases',
        subjectKind: 'views',
        subjectId: id,
        fields: Object.keys(filter).sort(),
        words,
      });
    return this.cases.list(operator, { ...filter, ...page });
  }

  @Patch(':id')
  @Operation('changeView', 'Changes a view of one’s own', {
    id: 'The view',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'],
  })
  @ApiOkResponse({ type: SavedView, description: 'The view after it' })
  @NeverCached()
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: ChangeView,
  ): Promise<SavedView> {
    await this.work.run(manager => this.views.change(manager, operator, id, asked));
    return this.shown(operator, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Operation('removeView', 'Removes a view of one’s own', {
    id: 'The view',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.work.run(manager => this.views.remove(manager, operator, id));
  }

  private async shown(operator: Asking, id: string): Promise<SavedView> {
    return existing(await this.views.one(operator, id), 'There is no such view.');
  }
}
