import { Body, Controller, Get, Inject, Param, Put, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AskRegister,
  ProcessingRegisterView,
  RegisterAnswerHistory,
  WriteRegisterAnswer,
} from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { SeenVersion } from '../http/asked.js';
import { Download, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { download } from '../http/download.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { at } from '../http/present.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { fileOf } from '../organisation-file/csv.js';
import { REGISTER_COLUMNS, registerPage, registerRows } from './register-page.js';
import { Register } from './register.js';

const QUESTION = {
  name: 'code',
  description: 'The question: as `questions` of the register names it',
  schema: { type: 'string' as const },
};

/** What is done with data, and with what care: made from what the system is. */
@ApiTags('Privacy')
@Controller('api/processing-register')
export class RegisterController {
  constructor(
    @Inject(Register) private readonly register: Register,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation(
    'getProcessingRegister',
    'The register of processing (art. 30 GDPR) and the outline of an assessment of impact',
    {
      shows: 'one',
      description:
        'Made from what the system holds and does at this moment; what it cannot know is asked in `questions`.',
      problems: ['invalid-input'],
    },
  )
  @ApiOkResponse({ type: ProcessingRegisterView, description: 'The register' })
  @NeverCached()
  async one(@CurrentOperator() operator: Asking, @Query() { language }: AskRegister): Promise<ProcessingRegisterView> {
    const {
      title,
      language: said,
      register,
      assessment,
      questions,
    } = await this.register.of(operator, language ?? 'it');
    const shown = (sections: typeof register): ProcessingRegisterView['register'] =>
      sections.map(({ code, title: name, law, columns, rows }) => ({
        code,
        title: name,
        law,
        columns: [...columns],
        rows: rows.map(cells => ({ cells: [...cells] })),
      }));
    return {
      title,
      language: said,
      register: shown(register),
      assessment: shown(assessment),
      questions: [...questions],
    };
  }

  @Get('page')
  @Operation('readProcessingRegister', 'The same, to be read or printed', {
    shows: 'file',
    problems: ['invalid-input'],
  })
  @Download('text/html')
  async page(
    @CurrentOperator() operator: Asking,
    @Query() { language }: AskRegister,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const register = await this.register.of(operator, language ?? 'it');
    const filename = 'registro-trattamenti.html';
    return download(reply, Buffer.from(registerPage(register)), { mediaType: 'text/html', filename });
  }

  @Get('file')
  @Operation('exportProcessingRegister', 'The same as a table', { shows: 'file', problems: ['invalid-input'] })
  @Download('text/csv')
  @NeverCached()
  async file(@CurrentOperator() operator: Asking, @Query() { language }: AskRegister): Promise<StreamableFile> {
    return new StreamableFile(
      fileOf(REGISTER_COLUMNS, registerRows(await this.register.of(operator, language ?? 'it'))),
      {
        type: 'text/csv; charset=utf-8',
        disposition: 'attachment; filename="registro-trattamenti.csv"',
      },
    );
  }

  @Get('answers/:code')
  @Operation('listRegisterAnswers', 'What was answered to a question of the register, each version')
  @ApiParam(QUESTION)
  @ApiOkResponse({ type: RegisterAnswerHistory, description: 'The newest first; none: nobody answered' })
  @NeverCached()
  async history(@CurrentOperator() operator: Asking, @Param('code') code: string): Promise<RegisterAnswerHistory> {
    const items = await this.register.history(operator, code);
    return { items: items.map(({ decidedAt, ...one }) => ({ ...one, decidedAt: at(decidedAt) })) };
  }

  @Put('answers/:code')
  @Operation('answerRegister', 'Answers a question of the register', {
    description: 'A question that nobody answered is answered with `If-Match: "0"`. What was answered before is kept.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @ApiParam(QUESTION)
  @IfMatch()
  @ApiOkResponse({ type: RegisterAnswerHistory, description: 'Each version, the newest first' })
  @NeverCached()
  async answer(
    @CurrentOperator() operator: Asking,
    @Param('code') code: string,
    @Body() asked: WriteRegisterAnswer,
    @SeenVersion() expectedVersion: number,
  ): Promise<RegisterAnswerHistory> {
    await this.work.run(manager => this.register.answer(manager, operator, { code, expectedVersion }, asked));
    return this.history(operator, code);
  }
}
