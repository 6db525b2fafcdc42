import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { MessageView, RetryMessage, ShowRichText } from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Desk } from '../case/desk.js';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { MessageQuery } from './message.query.js';
import { richTextPolicy } from './rich-text.js';
import { Withdrawals } from './withdrawals.js';
import { RichTexts } from './rich-texts.js';

@ApiTags('Messages')
@Controller('api/messages')
export class MessageController {
  constructor(
    @Inject(MessageQuery) private readonly messages: MessageQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(RichTexts) private readonly rich: RichTexts,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
    @Inject(Desk) private readonly desk: Desk,
  ) {}

  @Get(':id')
  @Operation('getMessage', 'One message, and how far it has come when it goes out', {
    shows: 'one',
    id: 'The message',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: MessageView, description: 'The message' })
  @NeverCached()
  one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<MessageView> {
    return this.shown(operator, id);
  }

  @Get(':id/html')
  @Operation('showRichText', 'The rich text of a message, as a document to put into a frame', {
    shows: 'one',
    description:
      'Made harmless once more, under a policy of its own (`sandbox`, nothing but its words and the pictures enclosed in the message). With `remote=allow`, asked for by a person, also the pictures that it keeps elsewhere, by https alone and without a referrer: whoever keeps them learns that the message is being read.',
    id: 'The message',
    problems: ['not-found', 'malformed-request', 'invalid-input'],
  })
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The document', content: { 'text/html': { schema: { type: 'string' } } } })
  async richText(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { remote }: ShowRichText,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const allowed = remote === 'allow';
    const page = existing(await this.rich.pageOf(operator, id, allowed), 'There is no rich text of such a message.');
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', richTextPolicy({ remote: allowed }))
      .header('x-frame-options', 'SAMEORIGIN')
      .header('cache-control', 'no-store');
    return page;
  }

  @Post(':id/attempts')
  @Operation('retryMessage', 'Orders a failed or unknown message to be tried again', {
    description:
      'A new attempt of the same message. Where nobody knows whether the first arrived, whoever asks accepts that the citizen may receive it twice.',
    id: 'The message',
    problems: ['retry-not-allowed', 'not-found', 'malformed-request', 'invalid-input'],
  })
  @ApiCreatedResponse({ type: MessageView, description: 'The message, queued again' })
  @NeverCached()
  async retry(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: RetryMessage,
    @Req() request: FastifyRequest,
  ): Promise<MessageView> {
    await this.work.run(manager =>
      this.desk.sendAgain(manager, { operator, cause: correlationOf(request) }, id, asked.mayArriveTwice ?? false),
    );
    return this.shown(operator, id);
  }

  @Post(':id/withdrawals')
  @HttpCode(200)
  @Operation('withdrawMessage', 'Takes a reply back before it leaves', {
    description:
      'Of a reply that is held (`sendAfter`), or that its channel has not begun to send: it is never sent, the terms that it had met run again, and its words are a draft again of who wrote them. Once more does nothing more. A reply that a step of the life cycle was told with stays.',
    id: 'The message',
    problems: ['cannot-be-withdrawn', 'not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: MessageView, description: 'The message, withdrawn' })
  @NeverCached()
  async withdraw(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
  ): Promise<MessageView> {
    await this.work.run(manager => this.withdrawals.withdraw(manager, { operator, cause: correlationOf(request) }, id));
    return this.shown(operator, id);
  }

  private async shown(operator: Asking, id: string): Promise<MessageView> {
    return existing(await this.messages.one(operator, id), 'There is no such message.');
  }
}
