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
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { ChangeTag, PutTag, TagList, TagRefList, TagView, WriteTag } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, SeenVersion, ToMake, shown } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Tags } from './tags.js';

@ApiTags('Tags')
@Controller('api')
export class TagController {
  constructor(
    @Inject(Tags) private readonly tags: Tags,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('tags')
  @Operation('listTags', 'The tags of the administration')
  @ApiOkResponse({ type: TagList, description: 'All of them, by label' })
  all(@CurrentOperator() operator: Asking): Promise<TagList> {
    return this.tags.all(operator);
  }

  @Post('tags')
  @Operation('writeTag', 'Makes a new tag', {
    problems: ['invalid-input', 'malformed-request', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: TagView, description: 'The tag', headers: ETAG })
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteTag,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TagView> {
    const { id } = await this.work.make(making, (manager, made) => this.tags.write(manager, operator, made, asked));
    return this.one(operator, id, reply);
  }

  @Get('tags/:id')
  @Operation('getTag', 'One tag', { id: 'The tag', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: TagView, description: 'The tag', headers: ETAG })
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TagView> {
    return shown(await this.tags.one(operator, id), 'There is no such tag.', reply);
  }

  @Patch('tags/:id')
  @Operation('changeTag', 'Changes a tag, or retires it', {
    id: 'The tag',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: TagView, description: 'The tag after it', headers: ETAG })
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: ChangeTag,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TagView> {
    await this.work.run(manager => this.tags.change(manager, operator, { id, expectedVersion }, asked));
    return this.one(operator, id, reply);
  }

  @Post('cases/:id/tags')
  @HttpCode(200)
  @Operation('tagCase', 'Puts a tag on a case', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: TagRefList, description: 'Its tags after it' })
  @NeverCached()
  async tag(@OnCase() what: CaseRequest, @Body() asked: PutTag): Promise<TagRefList> {
    await this.work.run(manager => this.tags.put(manager, what, asked.tag, 'tag'));
    return this.tags.ofCase(what.caseId);
  }

  @Delete('cases/:id/tags/:tag')
  @Operation('untagCase', 'Takes a tag off a case', {
    id: 'The case',
    problems: ['malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiParam({ name: 'tag', description: 'The tag', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: TagRefList, description: 'Its tags after it' })
  @NeverCached()
  async untag(@OnCase() what: CaseRequest, @Param('tag', ParseUUIDPipe) tag: string): Promise<TagRefList> {
    await this.work.run(manager => this.tags.put(manager, what, tag, 'untag'));
    return this.tags.ofCase(what.caseId);
  }
}
