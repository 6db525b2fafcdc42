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
  Patch,
  Post,
  Req,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { ChangeTag, PutTag, TagList, TagRefList, TagView, WriteTag } from '@filodiretto/contracts';
import { correlationOf, Problem } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
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
  @ApiCreatedResponse({ type: TagView, description: 'The tag' })
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteTag,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<TagView> {
    const { id } = await this.work.make({ operator, key, what: 'tags', body: asked }, (manager, made) =>
      this.tags.write(manager, operator, made, asked),
    );
    return this.one(operator, id);
  }

  @Patch('tags/:id')
  @Operation('changeTag', 'Changes a tag, or retires it', {
    id: 'The tag',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: TagView, description: 'The tag after it' })
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: ChangeTag,
  ): Promise<TagView> {
    await this.work.run(manager => this.tags.change(manager, operator, id, asked));
    return this.one(operator, id);
  }

  @Post('cases/:id/tags')
  @HttpCode(200)
  @Operation('tagCase', 'Puts a tag on a case', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: TagRefList, description: 'Its tags after it' })
  @NeverCached()
  async tag(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() asked: PutTag,
    @Req() request: FastifyRequest,
  ): Promise<TagRefList> {
    const what = { operator, caseId, cause: correlationOf(request) };
    await this.work.run(manager => this.tags.put(manager, what, asked.tag, 'tag'));
    return this.tags.ofCase(caseId);
  }

  @Delete('cases/:id/tags/:tag')
  @Operation('untagCase', 'Takes a tag off a case', {
    id: 'The case',
    problems: ['malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiParam({ name: 'tag', description: 'The tag', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: TagRefList, description: 'Its tags after it' })
  @NeverCached()
  async untag(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) caseId: string,
    @Param('tag', ParseUUIDPipe) tag: string,
    @Req() request: FastifyRequest,
  ): Promise<TagRefList> {
    const what = { operator, caseId, cause: correlationOf(request) };
    await this.work.run(manager => this.tags.put(manager, what, tag, 'untag'));
    return this.tags.ofCase(caseId);
  }

  private async one(operator: Asking, id: string): Promise<TagView> {
    const found = await this.tags.one(operator, id);
    if (!found) throw new Problem('not-found', 'There is no such tag.');
    return found;
  }
}
