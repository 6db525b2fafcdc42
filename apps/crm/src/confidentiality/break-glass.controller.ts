import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { BreakGlass, OpenedCase, OpenedCasePage, PageQuery } from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { existing } from '../http/asked.js';
import { NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { RecentLogin } from '../identity/recent-login.js';
import { GlassBreaking } from './break-glass.js';

/** Opening, in an emergency, what one may not know of. */
@ApiTags('Confidentiality')
@Controller('api')
export class BreakGlassController {
  constructor(
    @Inject(GlassBreaking) private readonly glass: GlassBreaking,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Post('cases/break-glass')
  @HttpCode(201)
  @RecentLogin()
  @Operation('breakGlass', 'Opens a case that one may not know of, for a while and for a reason', {
    description:
      'They see it, note and chase it until then; the journal keeps why, and who heads its office and who protects data get a letter at once. Every try leaves an entry in the trail.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'step-up-required'],
  })
  @ApiCreatedResponse({ type: OpenedCase, description: 'It is open to them' })
  @NeverCached()
  async open(
    @CurrentOperator() operator: Asking,
    @Body() asked: BreakGlass,
    @Req() request: FastifyRequest,
  ): Promise<OpenedCase> {
    await this.glass.tried(operator, asked);
    const { id } = await this.work.run(manager => this.glass.open(manager, operator, asked, correlationOf(request)));
    return existing(await this.glass.one(operator, id), 'There is no such case.');
  }

  @Get('break-glass')
  @Operation('listOpenedCases', 'Every case that somebody opened who may not know of it, the newest first', {
    shows: 'found',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: OpenedCasePage, description: 'A page of openings' })
  @NeverCached()
  list(@CurrentOperator() operator: Asking, @Query() page: PageQuery): Promise<OpenedCasePage> {
    return this.glass.list(operator, page);
  }
}
