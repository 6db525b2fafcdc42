import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AskPreview,
  ChangeTemplate,
  ListTemplates,
  TemplatePage,
  TemplatePreview,
  TemplateVariableList,
  TemplateView,
  WriteTemplate,
} from '@filodiretto/contracts';
import { EXAMPLE_KNOWLEDGE, TEMPLATE_VARIABLES, templateValues } from '@filodiretto/domain';
import type { FastifyReply } from 'fastify';
import { SeenVersion, ToMake, shown } from '../http/asked.js';
import { IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { TemplateQuery } from './template.query.js';
import { Templates } from './templates.js';

/** The texts ready to be sent, and what they may say. */
@ApiTags('Templates')
@Controller('api')
export class TemplateController {
  constructor(
    @Inject(TemplateQuery) private readonly query: TemplateQuery,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get('templates')
  @Operation('listTemplates', 'Lists templates, the newest first', { problems: ['invalid-input'] })
  @ApiOkResponse({ type: TemplatePage, description: 'A page of templates' })
  list(@CurrentOperator() operator: Asking, @Query() filter: ListTemplates): Promise<TemplatePage> {
    return this.query.list(operator, filter);
  }

  @Post('templates')
  @Operation('writeTemplate', 'Keeps a new template', {
    description:
      'It is kept only when it can be read, names nothing that nobody fills, and gives words even for a case of which little is known.',
    problems: ['invalid-input', 'malformed-request', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: TemplateView, description: 'The template' })
  async write(
    @CurrentOperator() operator: Asking,
    @Body() asked: WriteTemplate,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.templates.write(manager, operator, made, asked),
    );
    reply.header('location', `/api/templates/${id}`);
    return this.shown(operator, id, reply);
  }

  @Get('templates/:id')
  @Operation('getTemplate', 'One template', { id: 'The template', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: TemplateView, description: 'The template' })
  one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateView> {
    return this.shown(operator, id, reply);
  }

  @Patch('templates/:id')
  @Operation('changeTemplate', 'Changes a template, or retires it', {
    id: 'The template',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: TemplateView, description: 'The template after it' })
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: ChangeTemplate,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateView> {
    const which = { id, expectedVersion: version };
    await this.work.run(manager => this.templates.change(manager, operator, which, asked));
    return this.shown(operator, id, reply);
  }

  @Get('template-variables')
  @Operation('listTemplateVariables', 'What a template may say')
  @ApiOkResponse({ type: TemplateVariableList, description: 'Every variable, with what it holds' })
  variables(): TemplateVariableList {
    const values = templateValues(EXAMPLE_KNOWLEDGE, 'it');
    return {
      items: Object.entries(TEMPLATE_VARIABLES).map(([name, description]) => {
        const [group = '', leaf] = name.split('.');
        const value = values[group];
        const example = typeof value === 'object' ? value[leaf ?? ''] : value;
        return { name, description, example: example ?? '' };
      }),
    };
  }

  @Post('template-previews')
  @HttpCode(200)
  @Operation('previewTemplate', 'Fills a template without sending it', {
    description: 'For a case, or for an invented one; says which words each channel would take.',
    problems: ['invalid-input'],
  })
  @ApiOkResponse({ type: TemplatePreview, description: 'The words as they would be sent' })
  @NeverCached()
  preview(@CurrentOperator() operator: Asking, @Body() asked: AskPreview): Promise<TemplatePreview> {
    return this.work.run(manager => this.templates.preview(manager, operator, asked));
  }

  private async shown(operator: Asking, id: string, reply: FastifyReply): Promise<TemplateView> {
    return shown(await this.query.one(operator, id), 'There is no such template.', reply);
  }
}
