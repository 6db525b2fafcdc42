import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  MakeSupplier,
  MakeTopic,
  SupplierList,
  SupplierView,
  TopicList,
  TopicView,
  WriteSupplier,
  WriteTopic,
} from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { SeenVersion, ToMake, shown } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { etagOf } from '../http/version.js';
import { OfficeQuery } from './office.query.js';
import { Suppliers } from './suppliers.js';
import { Topics } from './topics.js';

const ON_MAKE = ['invalid-input', 'malformed-request', 'not-allowed', 'idempotency-mismatch'] as const;
const ON_CHANGE = [
  'invalid-input',
  'malformed-request',
  'not-found',
  'not-allowed',
  'version-required',
  'version-stale',
] as const;

/** What offices answer for, and whom their staff belong to. */
@ApiTags('Organisation')
@Controller('api')
export class TopicController {
  constructor(
    @Inject(OfficeQuery) private readonly query: OfficeQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Topics) private readonly topics: Topics,
    @Inject(Suppliers) private readonly suppliers: Suppliers,
  ) {}

  @Get('topics')
  @Operation('listTopics', 'The topics that offices answer for')
  @ApiOkResponse({ type: TopicList, description: 'All of them, by label' })
  list(@CurrentOperator() operator: Asking): Promise<TopicList> {
    return this.query.topics(operator);
  }

  @Get('topics/:id')
  @Operation('getTopic', 'One topic', { id: 'The topic', problems: ['not-found', 'malformed-request'] })
  @ApiOkResponse({ type: TopicView, description: 'The topic', headers: ETAG })
  oneTopic(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TopicView> {
    return this.topic(operator, id, reply);
  }

  @Post('topics')
  @Operation('makeTopic', 'Makes a topic', { problems: ON_MAKE })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: TopicView, description: 'The topic', headers: ETAG })
  async makeTopic(
    @CurrentOperator() operator: Asking,
    @Body() asked: MakeTopic,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TopicView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.topics.make(manager, operator.administrationId, made, asked),
    );
    return this.topic(operator, id, reply);
  }

  @Put('topics/:id')
  @Operation('writeTopic', 'Renames a topic as people see it, or ends it', { id: 'The topic', problems: ON_CHANGE })
  @IfMatch()
  @ApiOkResponse({ type: TopicView, description: 'The topic after it', headers: ETAG })
  async writeTopic(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteTopic,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TopicView> {
    await this.work.run(manager => this.topics.write(manager, operator.administrationId, id, asked, version));
    return this.topic(operator, id, reply);
  }

  @Get('suppliers')
  @Operation('listSuppliers', 'Who runs parts of the service under contract, and which parts')
  @ApiOkResponse({ type: SupplierList, description: 'All of them, by name' })
  listSuppliers(@CurrentOperator() operator: Asking): Promise<SupplierList> {
    return this.query.suppliers(operator);
  }

  @Get('suppliers/:id')
  @Operation('getSupplier', 'One supplier, with its lots', {
    id: 'The supplier',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: SupplierView, description: 'The supplier', headers: ETAG })
  oneSupplier(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SupplierView> {
    return this.supplier(operator, id, reply);
  }

  @Post('suppliers')
  @Operation('makeSupplier', 'Makes a supplier with its lots', { problems: ON_MAKE })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: SupplierView, description: 'The supplier', headers: ETAG })
  async makeSupplier(
    @CurrentOperator() operator: Asking,
    @Body() asked: MakeSupplier,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SupplierView> {
    const { id } = await this.work.make(making, (manager, made) =>
      this.suppliers.make(manager, operator.administrationId, made, asked),
    );
    return this.supplier(operator, id, reply);
  }

  @Put('suppliers/:id')
  @Operation('writeSupplier', 'Writes the name and all lots of a supplier', { id: 'The supplier', problems: ON_CHANGE })
  @IfMatch()
  @ApiOkResponse({ type: SupplierView, description: 'The supplier after it', headers: ETAG })
  async writeSupplier(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteSupplier,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SupplierView> {
    await this.work.run(manager => this.suppliers.write(manager, operator.administrationId, id, asked, version));
    return this.supplier(operator, id, reply);
  }

  private async topic(operator: Asking, id: string, reply: FastifyReply): Promise<TopicView> {
    return shown(await this.query.topic(operator, id), 'There is no such topic.', reply);
  }

  private async supplier(operator: Asking, id: string, reply: FastifyReply): Promise<SupplierView> {
    const [found] = (await this.query.suppliers(operator, id)).items;
    if (!found) throw new Problem('not-found', 'There is no such supplier.');
    reply.header('etag', etagOf(found.version));
    return found;
  }
}
