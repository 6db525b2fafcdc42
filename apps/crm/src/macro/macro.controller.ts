import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ActionsPreview, ApplyMacro, CaseView, MacroList, MacroView, WriteMacro } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { CaseAnswers } from '../case/case-answers.js';
import { CaseQuery } from '../case/case.query.js';
import type { CaseRequest } from '../case/case-request.js';
import { existing, OnCase, SeenVersion, shown, ToMake } from '../http/asked.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { Macros } from './macros.js';
import { Performing } from './performing.js';

/** Named sets of changes, and what they do to a case. */
@ApiTags('Macros')
@Controller('api')
export class MacroController {
  constructor(
    @Inject(Macros) private readonly macros: Macros,
    @Inject(Performing) private readonly performing: Performing,
    @Inject(CaseQuery) private readonly cases: CaseQuery,
    @Inject(CaseAnswers) private readonly answers: CaseAnswers,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('macros')
  @Operation('listMacros', 'One’s own macros, and those that others share')
  @ApiOkResponse({ type: MacroList, description: 'All of them' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<MacroList> {
    return { items: await this.macros.list(operator) };
  }

  @Post('macros')
  @Operation('writeMacro', 'Keeps a set of changes under a name', {
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: MacroView, description: 'The macro' })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteMacro,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    const { id } = await this.work.make(making, (manager, made) => this.macros.keep(manager, operator, made, asked));
    reply.header('location', `/api/macros/${id}`);
    return this.one(operator, id, reply);
  }

  @Get('macros/:id')
  @Operation('getMacro', 'One macro', { id: 'The macro', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: MacroView, description: 'The macro' })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    return shown(await this.macros.one(operator, id), 'There is no such macro.', reply);
  }

  @Put('macros/:id')
  @Operation('changeMacro', 'Changes a macro of one’s own', {
    id: 'The macro',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: MacroView, description: 'The macro after it' })
  @NeverCached()
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteMacro,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MacroView> {
    await this.work.run(manager => this.macros.change(manager, operator, { id, expectedVersion }, asked));
    return this.one(operator, id, reply);
  }

  @Delete('macros/:id')
  @HttpCode(204)
  @Operation('removeMacro', 'Removes a macro of one’s own', {
    id: 'The macro',
    problems: ['not-found', 'malformed-request', 'not-allowed'],
  })
  @ApiNoContentResponse({ description: 'It is gone' })
  async remove(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.work.run(manager => this.macros.remove(manager, operator, id));
  }

  @Post('cases/:id/macro-applications')
  @Operation('applyMacro', 'Does everything that a macro says to a case, or nothing', {
    id: 'The case',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'not-allowed',
      'transition-not-allowed',
      'reply-window-closed',
      'idempotency-mismatch',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @IdempotencyKey()
  @ApiCreatedResponse({ type: CaseView, description: 'The case after it' })
  @NeverCached()
  async apply(
    @OnCase('seen') request: CaseRequest,
    @Body() asked: ApplyMacro,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView> {
    const { actions } = await this.named(request, asked);
    await this.answers.changing(request, () =>
      this.work.make(making, (manager, made) => this.performing.perform(manager, { ...request, cause: made }, actions)),
    );
    return this.answers.one(request, reply);
  }

  @Post('cases/:id/macro-previews')
  @HttpCode(200)
  @Operation('previewMacro', 'What a macro would do to a case now', {
    description: 'Nothing is done. A refusal is told as it would be.',
    id: 'The case',
    problems: ['invalid-input', 'malformed-request', 'not-found'],
  })
  @ApiOkResponse({ type: ActionsPreview, description: 'What would be written in its journal' })
  @NeverCached()
  async preview(@OnCase() request: CaseRequest, @Body() asked: ApplyMacro): Promise<ActionsPreview> {
    const { actions } = await this.named(request, asked);
    return this.performing.preview(request, actions);
  }

  private async named({ operator, caseId }: CaseRequest, { macro }: ApplyMacro): Promise<MacroView> {
    const found = await this.macros.one(operator, macro);
    if (found) return found;
    existing(await this.cases.journal(operator, caseId), 'There is no such case.');
    throw new Problem('invalid-input', 'There is no such macro.', {
      errors: [{ pointer: '/macro', detail: 'there is none of this id here' }],
    });
  }
}
