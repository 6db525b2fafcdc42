import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AskConsent,
  ContactConsents,
  PurposeList,
  PurposeView,
  RecordConsent,
  WritePurpose,
} from '@filodiretto/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Req } from '@nestjs/common';
import { correlationOf } from '@filodiretto/platform';
import { existing, SeenVersion, shown, ToMake } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Consents } from './consents.js';
import { Purposes, purposeView } from './purposes.js';

const CODE = { name: 'code', description: 'The code of the purpose', schema: { type: 'string' as const } };
const NO_CONTACT = 'There is no such contact.';

@ApiTags('Privacy')
@Controller('api')
export class ConsentController {
  constructor(
    @Inject(Consents) private readonly consents: Consents,
    @Inject(Purposes) private readonly purposes: Purposes,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('consent-purposes')
  @Operation('listPurposes', 'For what people are asked their consent')
  @ApiOkResponse({ type: PurposeList, description: 'All of them, by code' })
  async all(@CurrentOperator() operator: Asking): Promise<PurposeList> {
    return { items: (await this.purposes.all(operator.administrationId)).map(purposeView) };
  }

  @Get('consent-purposes/:code')
  @Operation('getPurpose', 'One purpose, with its words', { problems: ['not-found', 'malformed-request'] })
  @ApiParam(CODE)
  @ApiOkResponse({ type: PurposeView, description: 'The purpose', headers: ETAG })
  async one(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurposeView> {
    const purpose = await this.purposes.one(operator.administrationId, code);
    return shown(purpose && purposeView(purpose), 'There is no such purpose.', reply);
  }

  @Put('consent-purposes/:code')
  @Operation('decidePurpose', 'Decides for what people are asked their consent, and by which words', {
    description:
      'A new purpose is written with `If-Match: "0"`. Each decision is a version; earlier ones are kept for ever.',
    problems: ['invalid-input', 'malformed-request', 'version-required', 'version-stale'],
  })
  @ApiParam(CODE)
  @IfMatch()
  @ApiOkResponse({ type: PurposeView, description: 'The purpose after it', headers: ETAG })
  async decide(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Body() asked: WritePurpose,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PurposeView> {
    await this.work.run(manager => this.purposes.decide(manager, operator, { code, expectedVersion }, asked));
    return this.one(operator, code, reply);
  }

  @Get('contacts/:id/consents')
  @Operation('listConsents', 'What a person agreed to, refused, took back, and how each is proven', {
    shows: 'one',
    id: 'The contact',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: ContactConsents, description: 'The consents' })
  @NeverCached()
  async ofContact(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<ContactConsents> {
    return existing(await this.consents.ofContact(operator, id), NO_CONTACT);
  }

  @Post('contacts/:id/consents')
  @Operation('recordConsent', 'Writes down what a person decided at the desk or on the telephone', {
    id: 'The contact',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: ContactConsents, description: 'The consents after it' })
  @NeverCached()
  async record(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) contact: string,
    @Body() asked: RecordConsent,
    @ToMake() making: Making,
  ): Promise<ContactConsents> {
    await this.work.make(making, (manager, id) => this.consents.record(manager, operator, contact, id, asked));
    return this.ofContact(operator, contact);
  }

  @Post('contacts/:id/consent-questions')
  @HttpCode(201)
  @Operation('askConsent', 'Asks a person for a consent, in their own conversation', {
    description:
      'Who agreed to these words, or was asked or said no not long ago, is not asked again. Their answer is recognised when it comes; whatever it is, their case goes on as it would have.',
    id: 'The contact',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'idempotency-mismatch',
      'channel-cannot',
      'no-reply-address',
      'reply-window-closed',
      'text-too-long',
      'transition-not-allowed',
    ],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: ContactConsents, description: 'The consents after it' })
  @NeverCached()
  async ask(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) contact: string,
    @Body() asked: AskConsent,
    @ToMake() making: Making,
    @Req() request: FastifyRequest,
  ): Promise<ContactConsents> {
    const cause = correlationOf(request);
    await this.work.make(making, (manager, id) => this.consents.ask(manager, operator, contact, id, asked, cause));
    return this.ofContact(operator, contact);
  }
}
