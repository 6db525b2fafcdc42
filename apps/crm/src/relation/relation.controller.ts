import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
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
import { correlationOf, Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CaseQuery } from '../case/case.query.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { etagOf, expectedVersion } from '../http/version.js';
import { RelationQuery } from './relation.query.js';
import { Relations } from './relations.js';

/** How cases stand to each other. */
@ApiTags('Cases')
@Controller('api')
export class RelationController {
  constructor(
    @Inject(RelationQuery) private readonly query: RelationQuery,
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(Relations) private readonly relations: Relations,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('cases/:id/relations')
  @Operation('listRelations', 'Every case that stands in relation to this one', {
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
  async link(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() asked: LinkCases,
    @Req() request: FastifyRequest,
  ): Promise<CaseRelationList> {
    const what = { operator, caseId, cause: correlationOf(request) };
    await this.work.run(manager => this.relations.link(manager, what, asked.case));
    return this.related(operator, caseId);
  }

  @Delete('cases/:id/links/:other')
  @Operation('unlinkCases', 'Takes a link between two cases back', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiParam({ name: 'other', description: 'The other case', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: CaseRelationList, description: 'Its relations after it' })
  @NeverCached()
  async unlink(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Param('other', ParseUUIDPipe) other: string,
    @Req() request: FastifyRequest,
  ): Promise<CaseRelationList> {
    const what = { operator, caseId, cause: correlationOf(request) };
    await this.work.run(manager => this.relations.unlink(manager, what, other));
    return this.related(operator, caseId);
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
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() asked: MergeCases,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<MergeView> {
    const what = { operator, caseId, cause: correlationOf(request), expectedVersion: expectedVersion(ifMatch) };
    const { id } = await this.work.make(
      { operator, key, what: `cases/${caseId}/merges`, body: asked },
      (manager, made) => this.relations.merge(manager, what, made, asked),
    );
    return this.merged(operator, id);
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
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() asked: SplitCase,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    const what = { operator, caseId, cause: correlationOf(request), expectedVersion: expectedVersion(ifMatch) };
    const { id } = await this.work.make(
      { operator, key, what: `cases/${caseId}/splits`, body: asked },
      (manager, made) => this.relations.split(manager, what, made, asked),
    );
    const made = await this.cases.one(operator, id);
    if (!made) throw new Error(`case ${id} was made and is not there`);
    reply.header('etag', etagOf(made.version)).header('location', `/api/cases/${id}`);
    return made;
  }

  private async related(operator: Asking, id: string): Promise<CaseRelationList> {
    const found = await this.query.relations(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such case.');
    return found;
  }

  private async merged(operator: Asking, id: string): Promise<MergeView> {
    const found = await this.query.merge(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such merge.');
    return found;
  }
}
