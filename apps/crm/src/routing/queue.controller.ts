import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  ChannelWeights,
  ChannelWeightsView,
  QueueList,
  QueueSettingsView,
  WorkItemView,
  WriteQueueSettings,
} from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existing, SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { present } from '../http/present.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Offers } from './offers.js';
import { QueueBook } from './queue-book.js';
import { WorkQuery } from './work.query.js';

@ApiTags('Routing')
@Controller('api')
export class QueueController {
  constructor(
    @Inject(WorkQuery) private readonly works: WorkQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(QueueBook) private readonly book: QueueBook,
    @Inject(Offers) private readonly offers: Offers,
  ) {}

  @Get('queues')
  @Operation('listQueues', 'The queues of the offices: what waits, what is offered, who is there')
  @ApiOkResponse({ type: QueueList, description: 'Queues that have work or say how they give it out, by office' })
  @NeverCached()
  queues(@CurrentOperator() operator: Asking): Promise<QueueList> {
    return this.works.queues(operator);
  }

  @Get('queues/:id/settings')
  @Operation('getQueueSettings', 'How an office gives out the work of its queue', {
    id: 'The office',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: QueueSettingsView, description: 'All settings, the usual ones included', headers: ETAG })
  settings(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueSettingsView> {
    return this.shownSettings(operator, id, reply);
  }

  @Put('queues/:id/settings')
  @Operation('writeQueueSettings', 'Says how an office gives out the work of its queue', {
    description:
      'What is not said is as usual. What waits already follows the new settings at once. An office that said nothing yet says it with `If-Match: "0"`.',
    id: 'The office',
    problems: ['not-found', 'not-allowed', 'invalid-input', 'malformed-request', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: QueueSettingsView, description: 'The settings now', headers: ETAG })
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteQueueSettings,
    @SeenVersion() seen: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueSettingsView> {
    await this.work.run(manager => this.book.write(manager, operator, { officeId: id, seen }, asked));
    return this.shownSettings(operator, id, reply);
  }

  @Post('queues/:id/claims')
  @Operation('claimNext', 'Takes the next work of a queue that the operator can take', {
    description: 'The case is theirs at once. Nothing for them: 204.',
    id: 'The office',
    problems: ['not-found', 'not-allowed', 'malformed-request'],
  })
  @ApiCreatedResponse({ type: WorkItemView, description: 'What they took' })
  @ApiNoContentResponse({ description: 'Nothing waits that they can take' })
  @NeverCached()
  async next(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkItemView | undefined> {
    const taken = await this.work.run(manager => this.offers.next(manager, operator, id, correlationOf(request)));
    if (taken.id !== null) return this.item(operator, taken.id);
    reply.status(204);
    return undefined;
  }

  @Get('work-items/:id')
  @Operation('getWorkItem', 'Something that waits for a person or that a person has: to whom it was offered, and why', {
    id: 'The work item',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: WorkItemView, description: 'The work item with its explanations' })
  @NeverCached()
  async item(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<WorkItemView> {
    return existing(await this.works.item(operator, id), 'There is no such work item.');
  }

  @Get('channel-weights')
  @Operation('listChannelWeights', 'What one contact of a channel takes of an operator')
  @ApiOkResponse({ type: ChannelWeightsView, description: 'All that differ from the usual', headers: ETAG })
  async weights(
    @CurrentOperator() operator: Asking,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelWeightsView> {
    return shown(await this.work.run(manager => this.book.weights(manager, operator)), '', reply);
  }

  @Put('channel-weights')
  @Operation('writeChannelWeights', 'Says what one contact of a channel takes of an operator, from the next on', {
    description: 'Where nothing was decided yet: with `If-Match: "0"`.',
    problems: ['not-allowed', 'invalid-input', 'malformed-request', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: ChannelWeightsView, description: 'All that differ from the usual', headers: ETAG })
  async weigh(
    @CurrentOperator() operator: Asking,
    @Body() asked: ChannelWeights,
    @SeenVersion() seen: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelWeightsView> {
    await this.work.run(manager => this.book.weigh(manager, operator, seen, asked));
    return this.weights(operator, reply);
  }

  private async shownSettings(operator: Asking, id: string, reply: FastifyReply): Promise<QueueSettingsView> {
    const { targetSeconds, endOfShiftMinutes, rings, ...settings } = await this.work.run(manager =>
      this.book.settings(manager, operator, id),
    );
    const view = {
      ...settings,
      rings: rings.map(({ dropSkills, addOffices, ...ring }) => ({
        ...ring,
        ...(dropSkills ? { dropSkills: [...dropSkills] } : {}),
        ...(addOffices ? { addOffices: [...addOffices] } : {}),
      })),
      ...present({ targetSeconds, endOfShiftMinutes }),
    };
    return shown(view, 'There is no such queue.', reply);
  }
}
