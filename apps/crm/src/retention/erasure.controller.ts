import { Body, Controller, Get, Headers, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AskErasure, ErasurePreview, ErasureView } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { existing, shown, ToMake } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { expectedVersion } from '../http/version.js';
import { RecentLogin } from '../identity/recent-login.js';
import { ErasureQuery } from './erasure.query.js';
import { Erasures } from './erasures.js';

@ApiTags('Privacy')
@Controller('api')
export class ErasureController {
  constructor(
    @Inject(Erasures) private readonly erasures: Erasures,
    @Inject(ErasureQuery) private readonly query: ErasureQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('contacts/:id/erasure')
  @Operation('previewErasure', 'What erasing a contact would destroy, and what stands against it', {
    shows: 'one',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ErasurePreview, description: 'How much is kept of them', headers: ETAG })
  @NeverCached()
  async preview(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasurePreview> {
    return shown(await this.query.preview(operator, id), 'There is no such contact, or nothing of it is kept.', reply);
  }

  @Post('contacts/:id/erasure')
  @HttpCode(202)
  @Operation('eraseContact', 'Forgets a contact: destroys who they are and what they said, everywhere', {
    description:
      'Who they are is gone with the answer; what they said follows, in the background. Cases, dates and figures stay; a new message from the same person makes a new contact.',
    id: 'The contact',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'kept-by-law',
      'version-required',
      'version-stale',
      'idempotency-mismatch',
      'step-up-required',
    ],
  })
  @RecentLogin()
  @IfMatch()
  @IdempotencyKey()
  @ApiAcceptedResponse({ type: ErasureView, description: 'Its receipt, so far' })
  @NeverCached()
  async erase(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) contactId: string,
    @Body() asked: AskErasure,
    @Headers('if-match') ifMatch: string | undefined,
    @ToMake() making: Making,
  ): Promise<ErasureView> {
    const { administrationId, id: operatorId } = operator;
    existing(await this.query.known(operator, contactId), 'There is no such contact.');
    const expected = expectedVersion(ifMatch);
    const { id } = await this.work.make(making, (manager, made) =>
      this.erasures.begin(manager, {
        id: made,
        administrationId,
        contactId,
        because: 'request',
        reason: asked.reason,
        operatorId,
        expectedVersion: expected,
      }),
    );
    await this.erasures.noted(id);
    return this.one(operator, id);
  }

  @Get('erasures/:id')
  @Operation('getErasure', 'The receipt of an erasure', {
    id: 'The erasure',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ErasureView, description: 'What was destroyed, by count' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<ErasureView> {
    return existing(await this.query.one(operator, id), 'There is no such erasure.');
  }
}
