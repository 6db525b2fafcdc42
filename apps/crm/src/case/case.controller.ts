import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  CaseFilter,
  CasePage,
  CaseView,
  ChangeCase,
  FoundCount,
  InternalNoteView,
  JournalView,
  ListCases,
  MessageView,
  MoveCase,
  OpenCaseByHand,
  PlaceCall,
  RegisterChase,
  WriteNote,
  WriteReply,
} from '@filodiretto/contracts';
import type { DraftKind } from '@filodiretto/contracts/model';
import { correlationOf, Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { draftSaid, draftStale } from '../draft/drafts.js';
import { OnCase, SeenDraft, ToMake } from '../http/asked.js';
import { DraftMatch, ETAG, IdempotencyKey, IfMatch, NeverCached, Operation, REPLAYED } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { MessageQuery } from '../message/message.query.js';
import { CaseAnswers } from './case-answers.js';
import { CaseQuery } from './case.query.js';
import { Chases } from './chases.js';
import type { CaseRequest } from './case-request.js';
import { Desk } from './desk.js';
import { isRefused, type Refused } from '../refused.js';
import { Opening } from './opening.js';

const ON_CHANGE = ['transition-not-allowed', 'version-required', 'version-stale'] as const;
const ON_REPLY = [
  'processing-restricted',
  'personal-data',
  'text-too-long',
  'channel-cannot',
  'reply-window-closed',
  'no-reply-address',
] as const;

@ApiTags('Cases')
@Controller('api/cases')
export class CaseController {
  constructor(
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(CaseAnswers) private readonly answers: CaseAnswers,
    @Inject(MessageQuery) private readonly messages: MessageQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Opening) private readonly opening: Opening,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Chases) private readonly chases: Chases,
  ) {}

  @Get()
  @Operation('listCases', 'Lists cases, the newest first', {
    shows: 'found',
    description: 'Every filter given must hold. `next` of a page is the `after` of the following one.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: CasePage, description: 'A page of cases' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() filter: ListCases): Promise<CasePage> {
    return this.cases.list(operator, filter);
  }

  @Get('count')
  @Operation('countListedCases', 'Counts the cases of a list', {
    shows: 'found',
    description: 'Those that `listCases` would list with the same filters; no further than a thousand: `more` says so.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: FoundCount, description: 'How many' })
  @NeverCached()
  count(@CurrentOperator() operator: Asking, @Query() filter: CaseFilter): Promise<FoundCount> {
    return this.cases.count(operator, filter);
  }

  @Post()
  @Operation('openCase', 'Opens a case by hand: somebody came to the desk, or called', {
    problems: ['invalid-input', 'malformed-request', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: CaseView, description: 'The case' })
  @NeverCached()
  async open(
    @CurrentOperator() operator: Asking,
    @Body() asked: OpenCaseByHand,
    @ToMake() making: Making,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.opening.open(manager, operator, made, asked, correlationOf(request)),
    );
    return this.answers.made(operator, id, reply);
  }

  @Get(':id')
  @Operation('getCase', 'One case, with everything that happened in it', {
    shows: 'one',
    description: 'The ETag is its version: send it back as If-Match to change the case.',
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: CaseView, description: 'The case', headers: ETAG })
  @NeverCached()
  one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    return this.answers.one({ operator, caseId: id }, reply);
  }

  @Get(':id/journal')
  @Operation('getJournal', 'The journal of a case: who, when, why, caused by what', {
    shows: 'one',
    id: 'The case',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: JournalView, description: 'Every fact, oldest first' })
  @NeverCached()
  async journal(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<JournalView> {
    const journal = await this.cases.journal(operator, id);
    if (!journal) throw new Problem('not-found', 'There is no such case.');
    return { items: journal.entries };
  }

  @Patch(':id')
  @Operation('changeCase', 'Changes what a case is, or who answers for it', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', ...ON_CHANGE],
  })
  @IfMatch()
  @ApiOkResponse({ type: CaseView, description: 'The case after it', headers: ETAG })
  @ApiNoContentResponse({ description: 'It is done; the case is no longer one that they see' })
  @NeverCached()
  async change(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: ChangeCase,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView | undefined> {
    return this.answers.changed(what, reply, manager => this.desk.change(manager, what, asked));
  }

  @Post(':id/transitions')
  @HttpCode(200)
  @Operation('moveCase', 'Moves a case along its life cycle', {
    description:
      'Which commands a state accepts is in `commands` of the case; what each needs is said by the rules, field by field. The text for the citizen is sent with the same transaction: either all of it happens, or nothing.',
    id: 'The case',
    problems: [
      'invalid-input',
      'outcome-required',
      'malformed-request',
      'not-found',
      'not-allowed',
      ...ON_REPLY,
      ...ON_CHANGE,
    ],
  })
  @IfMatch()
  @ApiOkResponse({ type: CaseView, description: 'The case after it', headers: ETAG })
  @ApiNoContentResponse({ description: 'It is done; the case is no longer one that they see' })
  @NeverCached()
  async move(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: MoveCase,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView | undefined> {
    return this.answers.changed(what, reply, manager =>
      asked.text === undefined
        ? this.desk.move(manager, what, asked)
        : spoken(manager, what, { kind: 'reply' }, () => this.desk.move(manager, what, asked)),
    );
  }

  @Post(':id/replies')
  @Operation('reply', 'Answers the citizen', {
    description:
      'The answer goes out on the channel of the conversation; what the channel would refuse for certain is refused here, before anything is queued. Its road is then told by `send` of the message.',
    id: 'The case',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'idempotency-mismatch',
      'version-stale',
      'too-large',
      ...ON_REPLY,
    ],
  })
  @IdempotencyKey()
  @DraftMatch()
  @ApiCreatedResponse({ type: MessageView, description: 'The message, queued', headers: REPLAYED })
  @NeverCached()
  async reply(
    @OnCase() what: CaseRequest,
    @Body() asked: WriteReply,
    @ToMake() making: Making,
    @SeenDraft() seen: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const { id, replayed } = await this.work.make(making, (manager, made) =>
      spoken(manager, what, { kind: 'reply', seen }, () => this.desk.reply(manager, what, made, asked)),
    );
    if (replayed) reply.header('idempotency-replayed', 'true');
    return this.said(what.operator, id, reply);
  }

  @Post(':id/calls')
  @Operation('call', 'Calls the citizen and joins the operator', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch', ...ON_REPLY],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: MessageView, description: 'The call, ordered' })
  @NeverCached()
  async call(
    @OnCase() what: CaseRequest,
    @Body() asked: PlaceCall,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const { id } = await this.work.make(making, (manager, made) => this.desk.call(manager, what, made, asked));
    return this.said(what.operator, id, reply);
  }

  @Post(':id/chases')
  @Operation('registerChase', 'Registers that the citizen asked again, by voice', {
    description:
      'Counts as a message in which they ask again does, at most once a day: the priority goes up a step, and who holds the case is urged by letter.',
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch', 'transition-not-allowed'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: CaseView, description: 'The case after it', headers: ETAG })
  @NeverCached()
  async chase(
    @OnCase() what: CaseRequest,
    @Body() asked: RegisterChase,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    await this.work.make(making, (manager, made) => this.chases.register(manager, what, made, asked));
    return this.answers.one(what, reply);
  }

  @Post(':id/internal-notes')
  @Operation('writeNote', 'Writes an internal note: never sent', {
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'idempotency-mismatch', 'version-stale'],
  })
  @IdempotencyKey()
  @DraftMatch()
  @ApiCreatedResponse({ type: InternalNoteView, description: 'The note' })
  @NeverCached()
  async note(
    @OnCase() what: CaseRequest,
    @Body() asked: WriteNote,
    @ToMake() making: Making,
    @SeenDraft() seen: number | undefined,
  ): Promise<InternalNoteView> {
    const { id } = await this.work.make(making, (manager, made) =>
      spoken(manager, what, { kind: 'note', seen }, () => this.desk.note(manager, what, made, asked.text)),
    );
    const note = await this.cases.note(what.operator, id);
    if (!note) throw new Error(`note ${id} was written and is not there`);
    return note;
  }

  private async said(operator: Asking, id: string, reply: FastifyReply): Promise<MessageView> {
    const message = await this.messages.one(operator, id);
    if (!message) throw new Error(`message ${id} was queued and is not there`);
    reply.header('location', `/api/messages/${id}`);
    return message;
  }
}

/** What was said takes with it what the operator had begun to write of it, unless other words of it were saved since it was seen. */
async function spoken<T extends object>(
  manager: EntityManager,
  { operator, caseId }: CaseRequest,
  { kind, seen }: { readonly kind: DraftKind; readonly seen?: number | undefined },
  say: () => Promise<T | Refused>,
): Promise<T | Refused> {
  const of = { operatorId: operator.id, caseId, kind };
  const stale = seen === undefined ? undefined : await draftStale(manager, { ...of, seen });
  if (stale) return stale;
  const said = await say();
  if (!isRefused(said)) await draftSaid(manager, of);
  return said;
}
