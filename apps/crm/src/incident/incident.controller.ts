import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AnnouncementView,
  AskIncidentSuggestions,
  AttachCases,
  CaseRelationList,
  DetachCases,
  IncidentSuggestionList,
  MemberPreviews,
  WriteAnnouncement,
} from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, ToMake, existing } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { granted, UnitOfWork, type Making } from '../http/unit-of-work.js';
import { RelationQuery } from '../relation/relation.query.js';
import { IncidentQuery } from './incident.query.js';
import { Incidents } from './incidents.js';

/** Many cases on one matter. */
@ApiTags('Incidents')
@Controller('api')
export class IncidentController {
  constructor(
    @Inject(IncidentQuery) private readonly query: IncidentQuery,
    @Inject(RelationQuery) private readonly relations: RelationQuery,
    @Inject(Incidents) private readonly incidents: Incidents,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('cases/:id/incident-suggestions')
  @Operation('suggestIncident', 'Cases that look like the same matter', {
    shows: 'one',
    description: 'Open cases of about the same time, of the same category or with like words, under no head yet.',
    id: 'The case',
    problems: ['invalid-input', 'not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: IncidentSuggestionList, description: 'The likeliest first' })
  @NeverCached()
  async suggestions(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() asked: AskIncidentSuggestions,
  ): Promise<IncidentSuggestionList> {
    return existing(await this.query.suggestions(operator, id, asked.hours), 'There is no such case.');
  }

  @Post('cases/:id/members')
  @HttpCode(200)
  @Operation('attachCases', 'Puts cases on the same matter under this one', {
    description:
      'The office that holds this one holds them from then on; resolving this one resolves them and tells each citizen.',
    id: 'The head',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: CaseRelationList, description: 'Its relations after it' })
  @NeverCached()
  async attach(@OnCase() what: CaseRequest, @Body() asked: AttachCases): Promise<CaseRelationList> {
    await this.work.run(manager => this.incidents.attach(manager, what, asked));
    return this.related(what.operator, what.caseId);
  }

  @Post('cases/:id/member-previews')
  @HttpCode(200)
  @Operation('previewMembers', 'What putting cases under this one would change', {
    description: 'Of each case whether it would be refused and why, and whether another office would answer for it.',
    id: 'The head',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: MemberPreviews, description: 'Nothing is changed' })
  @NeverCached()
  async preview(@OnCase() { operator, caseId }: CaseRequest, @Body() { cases }: AttachCases): Promise<MemberPreviews> {
    return granted(await this.query.members(operator, caseId, cases));
  }

  @Post('cases/:id/member-removals')
  @HttpCode(200)
  @Operation('detachCases', 'Takes cases out from under this one', {
    id: 'The head',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'transition-not-allowed'],
  })
  @ApiOkResponse({ type: CaseRelationList, description: 'Its relations after it' })
  @NeverCached()
  async detach(@OnCase() what: CaseRequest, @Body() asked: DetachCases): Promise<CaseRelationList> {
    await this.work.run(manager => this.incidents.detach(manager, what, asked));
    return this.related(what.operator, what.caseId);
  }

  @Post('cases/:id/announcements')
  @Operation('announce', 'Tells every citizen of an incident, each on their own way', {
    description:
      'Each reads the words filled from their own case, and nothing of the others. A citizen of several cases is told once. Who cannot be told is listed with the reason.',
    id: 'The head',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch', 'transition-not-allowed'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: AnnouncementView, description: 'How far it has come' })
  @NeverCached()
  async announce(
    @OnCase() what: CaseRequest,
    @Body() asked: WriteAnnouncement,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnnouncementView> {
    const { id } = await this.work.make(making, (manager, made) => this.incidents.announce(manager, what, made, asked));
    reply.header('location', `/api/announcements/${id}`);
    return this.one(what.operator, id);
  }

  @Get('announcements/:id')
  @Operation('getAnnouncement', 'How far one answer to everybody has come', {
    shows: 'one',
    id: 'The announcement',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: AnnouncementView, description: 'Whom it reached, and whom it could not' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<AnnouncementView> {
    return existing(await this.query.announcement(operator, id), 'There is no such announcement.');
  }

  private async related(operator: Asking, id: string): Promise<CaseRelationList> {
    return existing(await this.relations.relations(operator, id), 'There is no such case.');
  }
}
