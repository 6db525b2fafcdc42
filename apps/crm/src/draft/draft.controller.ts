import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Put, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { DraftPage, DraftView, ListDrafts, SaveDraft } from '@filodiretto/contracts';
import { DRAFT_KINDS, type DraftKind } from '@filodiretto/contracts/model';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted } from '../http/unit-of-work.js';
import { Drafts } from './drafts.js';

const NO_DRAFT = 'There is no such draft.';
const Kind = (): MethodDecorator =>
  ApiParam({ name: 'kind', description: 'What it is to be', schema: { type: 'string', enum: [...DRAFT_KINDS] } });

/** What operators have begun to write: kept for them, whichever screen they go on at. */
@ApiTags('Cases')
@Controller('api')
export class DraftController {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  @Get('drafts')
  @Operation('listDrafts', 'What the operator has begun to write, the last saved first', {
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: DraftPage, description: 'A page of drafts' })
  @NeverCached()
  mine(@CurrentOperator() operator: Asking, @Query() filter: ListDrafts): Promise<DraftPage> {
    return this.drafts.list(operator, filter);
  }

  @Get('cases/:id/drafts/:kind')
  @Operation('getDraft', 'What the operator has begun to write in a case', {
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @Kind()
  @ApiOkResponse({ type: DraftView, description: 'The draft', headers: ETAG })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('kind') kind: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return shown(await this.drafts.one(operator, id, kindOf(kind)), NO_DRAFT, reply);
  }

  @Put('cases/:id/drafts/:kind')
  @Operation('saveDraft', 'Keeps what the operator has begun to write in a case', {
    description:
      'One reply and one note of each operator for each case: what is saved takes the place of what was, from the version that was seen: `If-Match: "0"` begins one. What another screen saved meanwhile is not written over. It goes by itself when the operator sends a reply, or writes a note, in that case; what is saved after that is a new one. Sent with its `key` as `Idempotency-Key` it is said once, from however many screens; a screen that still shows it then saves it no more (`already-said`).',
    id: 'The case',
    problems: [
      'not-found',
      'invalid-input',
      'malformed-request',
      'too-large',
      'already-said',
      'version-required',
      'version-stale',
    ],
  })
  @Kind()
  @IfMatch()
  @ApiOkResponse({ type: DraftView, description: 'The draft as it is kept', headers: ETAG })
  @NeverCached()
  async save(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Param('kind') said: string,
    @Body() asked: SaveDraft,
    @SeenVersion() seen: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const kind = kindOf(said);
    // Saved every few seconds, seen by nobody else: the trail has what is sent.
    granted(
      await this.dataSource.transaction(manager => this.drafts.keep(manager, operator, { caseId, kind, seen }, asked)),
    );
    return shown(await this.drafts.one(operator, caseId, kind), NO_DRAFT, reply);
  }

  @Delete('cases/:id/drafts/:kind')
  @HttpCode(204)
  @Operation('discardDraft', 'Puts away what the operator has begun to write in a case', {
    description: 'Not one that another screen saved meanwhile.',
    id: 'The case',
    problems: ['not-found', 'malformed-request', 'version-required', 'version-stale'],
  })
  @Kind()
  @IfMatch()
  @ApiNoContentResponse({ description: 'There is none any more' })
  async discard(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('kind') kind: string,
    @SeenVersion() seen: number,
  ): Promise<void> {
    granted(await this.drafts.discard(operator, { caseId: id, kind: kindOf(kind), seen }));
  }
}

function kindOf(said: string): DraftKind {
  const kind = DRAFT_KINDS.find(one => one === said);
  if (!kind) throw new Problem('not-found', NO_DRAFT);
  return kind;
}
