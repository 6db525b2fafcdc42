import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CategoryList, CategoryView, MakeCategory, WriteCategory } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { SeenVersion, ToMake, shown } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { RouteBooks } from '../routing/route-books.js';
import { Categories } from './categories.js';
import { OrganisationQuery } from './organisation.query.js';
import { Confidentiality } from '../confidentiality/confidentiality.js';

/** What cases are about, as routing looks at them. */
@ApiTags('Organisation')
@Controller('api/categories')
export class CategoryController {
  constructor(
    @Inject(OrganisationQuery) private readonly organisation: OrganisationQuery,
    @Inject(Categories) private readonly kept: Categories,
    @Inject(RouteBooks) private readonly books: RouteBooks,
    @Inject(Confidentiality) private readonly confidentiality: Confidentiality,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listCategories', 'The categories that routing looks at')
  @ApiOkResponse({ type: CategoryList, description: 'All of them, by label' })
  list(@CurrentOperator() operator: Asking): Promise<CategoryList> {
    return this.organisation.categories(operator);
  }

  @Get(':id')
  @Operation('getCategory', 'One category', { id: 'The category', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: CategoryView, description: 'The category', headers: ETAG })
  async one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryView> {
    const [found] = (await this.organisation.categories(operator, id)).items;
    return shown(found, 'There is no such category.', reply);
  }

  @Post()
  @Operation('makeCategory', 'Makes a category', {
    problems: ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: CategoryView, description: 'The category', headers: ETAG })
  async make(
    @CurrentOperator() operator: Asking,
    @Body() asked: MakeCategory,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryView> {
    const { administrationId } = operator;
    const { id } = await this.work.make(making, (manager, made) =>
      this.kept.make(manager, administrationId, made, asked),
    );
    this.books.forget(administrationId);
    this.confidentiality.forget();
    reply.header('location', `/api/categories/${id}`);
    return this.one(operator, id, reply);
  }

  @Put(':id')
  @Operation('writeCategory', 'Writes a category anew, or closes it', {
    description:
      'A category that is closed stays with the cases that have it and takes no new ones: routing passes it over, and nobody can choose it.',
    id: 'The category',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed', 'version-required', 'version-stale'],
  })
  @IfMatch()
  @ApiOkResponse({ type: CategoryView, description: 'The category after it', headers: ETAG })
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteCategory,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CategoryView> {
    const { administrationId } = operator;
    await this.work.run(manager => this.kept.write(manager, administrationId, id, asked, version));
    this.books.forget(administrationId);
    this.confidentiality.forget();
    return this.one(operator, id, reply);
  }
}
