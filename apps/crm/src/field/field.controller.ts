import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CategoryFields, WriteFields } from '@filodiretto/contracts';
import { existing } from '../http/asked.js';
import { Operation } from '../http/documented.js';
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
  @ApiOkResponse({ type: CategoryFields, description: 'The newest version' })
  async one(@CurrentOperator() operator: Asking, @Param('id', ParseUUIDPipe) id: string): Promise<CategoryFields> {
    return existing(await this.fields.of(operator, id), 'There is no such category.');
  }

  @Put()
  @Operation('writeCategoryFields', 'Says which fields cases of a category have from now on', {
    description: 'What was written under an older version stays as it was, and is shown as that version names it.',
    id: 'The category',
    problems: ['not-found', 'malformed-request', 'invalid-input', 'not-allowed'],
  })
  @ApiOkResponse({ type: CategoryFields, description: 'The new version' })
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteFields,
  ): Promise<CategoryFields> {
    await this.work.run(manager => this.fields.write(manager, operator, id, asked));
    return this.one(operator, id);
  }
}
