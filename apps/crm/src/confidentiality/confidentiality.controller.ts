import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { CaseView, LevelList, LevelView, SetConfidentiality, WriteLevel } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { CaseAnswers } from '../case/case-answers.js';
import type { CaseRequest } from '../case/case-request.js';
import { OnCase, SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Sights } from '../permission/sights.js';
import { Confidentiality } from './confidentiality.js';
import { Levels } from './levels.js';

const CODE = { name: 'code', description: 'The code of the level', schema: { type: 'string' as const } };

/** Of which cases not everybody may know. */
@ApiTags('Confidentiality')
@Controller('api')
export class ConfidentialityController {
  constructor(
    @Inject(Levels) private readonly levels: Levels,
    @Inject(Confidentiality) private readonly confidentiality: Confidentiality,
    @Inject(CaseAnswers) private readonly answers: CaseAnswers,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('confidentiality-levels')
  @Operation('listLevels', 'Why not everybody may know of a case, and who may all the same')
  @ApiOkResponse({ type: LevelList, description: 'All of them, by code' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<LevelList> {
    return { items: await this.levels.list(operator) };
  }

  @Get('confidentiality-levels/:code')
  @Operation('getLevel', 'One level', { problems: ['not-found'] })
  @ApiParam(CODE)
  @ApiOkResponse({ type: LevelView, description: 'The level', headers: ETAG })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LevelView> {
    return shown(await this.levels.one(operator, code), 'There is no such level.', reply);
  }

  @Put('confidentiality-levels/:code')
  @Operation('writeLevel', 'Decides a level, or makes one', {
    description:
      'A code that is new makes a level: `If-Match: "1"`. Elsewhere it holds within two seconds. Levels stay: cases may have them.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @ApiParam(CODE)
  @IfMatch()
  @ApiOkResponse({ type: LevelView, description: 'The level after it', headers: ETAG })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Body() asked: WriteLevel,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LevelView> {
    await this.work.run(manager => this.levels.write(manager, operator, { code, expectedVersion }, asked));
    this.sights.forget(operator.administrationId);
    return this.one(operator, code, reply);
  }

  @Put('cases/:id/confidentiality')
  @Operation('setConfidentiality', 'Says who may know of a case: sets its level, changes it or takes it away', {
    id: 'The case',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'transition-not-allowed',
      'version-required',
      'version-stale',
    ],
  })
  @IfMatch()
  @ApiOkResponse({ type: CaseView, description: 'The case after it', headers: ETAG })
  @ApiNoContentResponse({ description: 'It is done; the case is no longer one that they see' })
  @NeverCached()
  async set(
    @OnCase('seen') what: CaseRequest,
    @Body() asked: SetConfidentiality,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseView | undefined> {
    return this.answers.changed(what, reply, manager => this.confidentiality.set(manager, what, asked));
  }
}
