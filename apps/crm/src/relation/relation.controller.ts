import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  CaseRelationList,
  CaseView,
  LinkCases,
  MergeCases,
  MergeView,
  SplitCase,
  UndoMerge,
} from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaseAnswers } from '../case/case-answers.js';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { RelationQuery } from './relation.query.js';
import { Relations } from './relations.js';

/** How cases stand to each other. */
@ApiTags('Cases')
@Controller('api')
export class RelationController {
  constructor(
    @Inject(RelationQuery) private readonly query: RelationQuery,
    @Inject(CaseAnswers) private readonly answers: CaseAnswers,
    @Inject(Relations) private readonly relations: Relations,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('cases/:id/relations')
  @Operation('listRelations', 'Every case that stands in relation to this one', {
    shows: 'one',
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: CaseRelationList, description: 'All of them, oldest first' })
  @NeverCached()
  all(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<CaseRelationList> {
    return this.related(operator, id);
  }

  @Post('cases/:id/links')
  @HttpCode(200)
  @Operation('linkCases', 'Links two cases that have to do with each other', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: CaseRelationList, description: 'Its relations after it' })
  @NeverCached()
  async link(@OnCase() what: CaseRequest, @Body() asked: LinkCases): Promise<CaseRelationList> {
    await this.work.run(manager => this.relations.link(manager, what, asked.case));
    return this.related(what.operator, what.caseId);
  }

  @Delete('cases/:id/links/:other')
  @Operation('unlinkCases', 'Takes a link between two cases back', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiParam({ name: 'other', description: 'The other case', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: CaseRelationList, description: 'Its relations after it' })
  @NeverCached()
  async unlink(@OnCase() what: CaseRequest, @Param('other', ParseUUIDPipe) other: string): Promise<CaseRelationList> {
    await this.work.run(manager => this.relations.unlink(manager, what, other));
    return this.related(what.operator, what.caseId);
  }

  @Post('cases/:id/merges')
  @Operation('mergeCases', 'Takes another case in, with everything said in it', {
    description:
      'Messages, conversations and notes of the other are read here from then on; it ends as a duplicate, and who wrote there, or asks after it, is led here. It can be undone for some time.',
    id: 'The case that takes the other in',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'transition-not-allowed',
      'idempotency-mismatch',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @IdempotencyKey()
  @ApiCreatedResponse({ type: MergeView, description: 'The merge' })
  @NeverCached()
  async merge(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: MergeCases,
    @ToMake() making: Making,
  ): Promise<MergeView> {
    const { id } = await this.answers.changing(what, () =>
      this.work.make(making, (manager, made) => this.relations.merge(manager, what, made, asked)),
    );
    return this.merged(what.operator, id);
  }

  @Post('merges/:id/reversals')
  @HttpCode(200)
  @Operation('undoMerge', 'Undoes a merge: everything goes back where it was said', {
    id: 'The merge',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: MergeView, description: 'The merge, undone' })
  @NeverCached()
  async undo(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: UndoMerge,
    @Req() request: FastifyRequest,
  ): Promise<MergeView> {
    const what = { operator, cause: correlationOf(request) };
    await this.work.run(manager => this.relations.unmerge(manager, what, id, asked.reason));
    return this.merged(operator, id);
  }

  @Post('cases/:id/splits')
  @Operation('splitCase', 'Makes a new case of some of what was said in this one', {
    description: 'Every message stays in exactly one case; both journals tell where it went.',
    id: 'The case',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'transition-not-allowed',
      'idempotency-mismatch',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @IdempotencyKey()
  @ApiCreatedResponse({ type: CaseView, description: 'The new case' })
  @NeverCached()
  async split(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: SplitCase,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    const { id } = await this.answers.changing(what, () =>
      this.work.make(making, (manager, made) => this.relations.split(manager, what, made, asked)),
    );
    return this.answers.made(what.operator, id, reply);
  }

  private async related(operator: Asking, id: string): Promise<CaseRelationList> {
    return existing(await this.query.relations(operator, id), 'There is no such case.');
  }

  private async merged(operator: Asking, id: string): Promise<MergeView> {
    return existing(await this.query.merge(operator, id), 'There is no such merge.');
  }
}
