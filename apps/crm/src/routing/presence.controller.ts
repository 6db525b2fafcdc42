import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ChangePresence, OperatorSkills, PresenceView } from '@filodiretto/contracts';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Presences } from './presences.js';
import { QueueBook } from './queue-book.js';
import { WorkQuery } from './work.query.js';

@ApiTags('Routing')
@Controller('api/operators')
export class PresenceController {
  constructor(
    @Inject(WorkQuery) private readonly works: WorkQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Presences) private readonly presences: Presences,
    @Inject(QueueBook) private readonly book: QueueBook,
  ) {}

  @Put('me/presence')
  @Operation('sayPresence', 'Says where the operator is', {
    description:
      'Only who is `available` is offered work, and who is absent counts as `away` whatever they say. A sign of life is expected every 10 seconds; after 30 without one they count as offline.',
    problems: ['invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: PresenceView, description: 'Where they are now' })
  @NeverCached()
  async say(@CurrentOperator() operator: Asking, @Body() { status, channels }: ChangePresence): Promise<PresenceView> {
    await this.work.run(manager => this.presences.say(manager, operator, status, channels));
    return this.one(operator, operator.id);
  }

  @Post('me/heartbeats')
  @HttpCode(200)
  @Operation('beat', 'A sign of life of the operator’s screen', {
    description: 'It brings nobody back who counts as offline: they say again where they are.',
  })
  @ApiOkResponse({ type: PresenceView, description: 'Where they are now' })
  @NeverCached()
  async beat(@CurrentOperator() operator: Asking): Promise<PresenceView> {
    await this.presences.beat(operator);
    return this.one(operator, operator.id);
  }

  @Get('me/presence')
  @Operation('getMyPresence', 'Where the operator is, and how much they have in hand')
  @ApiOkResponse({ type: PresenceView, description: 'Where they are now' })
  @NeverCached()
  mine(@CurrentOperator() operator: Asking): Promise<PresenceView> {
    return this.one(operator, operator.id);
  }

  @Get(':id/presence')
  @Operation('getPresence', 'Where an operator is, and how much they have in hand', {
    id: 'The operator',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: PresenceView, description: 'Where they are now' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<PresenceView> {
    return existing(await this.works.presence(operator, id), 'There is no such operator.');
  }

  @Get(':id/skills')
  @Operation('getSkills', 'What an operator can do, and how much at once', {
    id: 'The operator',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: OperatorSkills, description: 'Skills and capacity' })
  skills(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<OperatorSkills> {
    return this.work.run(manager => this.book.skills(manager, operator, id));
  }

  @Put(':id/skills')
  @Operation('writeSkills', 'Says what an operator can do, and how much at once', {
    description: 'Languages are part of the operator and count as skills of level 3; a skill said here goes before.',
    id: 'The operator',
    problems: ['not-found', 'not-allowed', 'invalid-input', 'malformed-request'],
  })
  @ApiOkResponse({ type: OperatorSkills, description: 'Skills and capacity now' })
  async enable(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: OperatorSkills,
  ): Promise<OperatorSkills> {
    await this.work.run(manager => this.book.enable(manager, operator, id, asked));
    return this.skills(operator, id);
  }
}
