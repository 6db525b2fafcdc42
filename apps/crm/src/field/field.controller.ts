import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CategoryFields, WriteFields } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Fields } from './fields.js';

/** Which fields cases of a category have. What a case holds in them is changed with the case. */
@ApiTags('Organisation')
@Controller('api/categories/:id/fields')
export class FieldController {
  constructor(
    @Inject(Fields) private readonly fields: Fields,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('getCategoryFields', 'The fields that cases of a category have', {
    id: 'The category',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: CategoryFields, description: 'The newest version', headers: ETAG })
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryFields> {
    return shown(await this.fields.of(operator, id), 'There is no such category.', reply);
  }

  @Put()
  @Operation('writeCategoryFields', 'Says which fields cases of a category have from now on', {
    description: 'What was written under an older version stays as it was, and is shown as that version names it.',
    id: 'The category',
    problems: ['not-found', 'malformed-request', 'invalid-input', 'not-allowed', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: CategoryFields, description: 'The new version', headers: ETAG })
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteFields,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryFields> {
    await this.work.run(manager => this.fields.write(manager, operator, { category: id, expectedVersion }, asked));
    return this.one(operator, id, reply);
  }
}
