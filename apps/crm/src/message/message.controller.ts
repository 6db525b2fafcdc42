import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { MessageView, RetryMessage } from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { Desk } from '../case/desk.js';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { MessageQuery } from './message.query.js';

@ApiTags('Messages')
@Controller('api/messages')
export class MessageController {
  constructor(
    @Inject(MessageQuery) private readonly messages: MessageQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
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

  private async shown(operator: Asking, id: string): Promise<MessageView> {
    return existing(await this.messages.one(operator, id), 'There is no such message.');
  }
}
