import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  DeactivateOffice,
  MakeClosure,
  MakeOffice,
  MoveOffice,
  OfficeDetail,
  WriteHours,
  WriteOffice,
} from '@filodiretto/contracts';
import { correlationOf } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SeenVersion, ToMake, shown } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import type { Refused } from '../refused.js';
import { OfficeEnding } from './ending.js';
import { LockedTree } from './locked-tree.js';
import { OfficeQuery } from './office.query.js';
import { Offices } from './offices.js';
import { OpeningHours } from './opening-hours.js';

const ON_WRITE = ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'] as const;
const ON_CHANGE = [...ON_WRITE, 'version-required', 'version-stale'] as const;

/** Offices one by one: what they are, where they stand, when they are open. */
@ApiTags('Organisation')
@Controller('api/offices')
export class OfficeController {
  constructor(
    @Inject(OfficeQuery) private readonly query: OfficeQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Offices) private readonly offices: Offices,
    @Inject(OpeningHours) private readonly hours: OpeningHours,
    @Inject(OfficeEnding) private readonly ending: OfficeEnding,
  ) {}

  @Get(':id')
  @Operation('getOffice', 'One office, with all that is known of it and who answers for it now', {
    description: 'The ETag is its version: send it back as If-Match to change it.',
    id: 'The office',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: OfficeDetail, description: 'The office', headers: ETAG })
  @NeverCached()
  one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.shown(operator, id, reply);
  }

  @Post()
  @Operation('makeOffice', 'Makes an office under another', {
    problems: [...ON_WRITE, 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: OfficeDetail, description: 'The office', headers: ETAG })
  @NeverCached()
  async make(
    @CurrentOperator() operator: Asking,
    @Body() asked: MakeOffice,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    const { id } = await this.work.make(making, async (manager, made) =>
      this.offices.make(await LockedTree.open(manager, operator.administrationId), made, asked),
    );
    reply.header('location', `/api/offices/${id}`);
    return this.shown(operator, id, reply);
  }

  @Put(':id')
  @Operation('writeOffice', 'Writes all that an office says of itself', {
    description:
      'What is left out is cleared. Its code never changes; where it stands and when it is open have their own roads.',
    id: 'The office',
    problems: ON_CHANGE,
  })
  @IfMatch()
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteOffice,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.changed(operator, id, reply, tree => this.offices.write(tree, id, asked, version));
  }

  @Post(':id/moves')
  @HttpCode(200)
  @Operation('moveOffice', 'Stands an office, with all that is under it, under another', {
    description: 'Within its administration, and never under itself. Its cases stay with it.',
    id: 'The office',
    problems: ON_CHANGE,
  })
  @IfMatch()
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async move(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: MoveOffice,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.changed(operator, id, reply, tree => this.offices.move(tree, id, asked.parent, version));
  }

  @Post(':id/deactivations')
  @HttpCode(200)
  @Operation('deactivateOffice', 'Ends an office, once it holds nothing or somebody succeeds it', {
    description:
      'A successor receives its open cases (each is told so in its journal), the categories that name it and the people whose main office it is, and from then on is given what is routed to it.',
    id: 'The office',
    problems: [...ON_CHANGE, 'office-in-use', 'transition-not-allowed'],
  })
  @IfMatch()
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async deactivate(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: DeactivateOffice,
    @SeenVersion() version: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    const by = { operatorId: operator.id, expectedVersion: version, cause: correlationOf(request) };
    return this.changed(operator, id, reply, tree => this.ending.deactivate(tree, id, asked, by));
  }

  @Post(':id/activations')
  @HttpCode(200)
  @Operation('activateOffice', 'Brings an office back, empty, where it stood', {
    id: 'The office',
    problems: ON_CHANGE,
  })
  @IfMatch()
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async activate(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.changed(operator, id, reply, tree => this.ending.activate(tree, id, version));
  }

  @Put(':id/hours')
  @Operation('writeHours', 'Writes when an office is open, for each channel', {
    description:
      'All of it at once: for all channels, and for those that have hours of their own. Nothing: the hours of the office above hold.',
    id: 'The office',
    problems: ON_CHANGE,
  })
  @IfMatch()
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async writeHours(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteHours,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.changed(operator, id, reply, tree => this.hours.write(tree, id, asked, version));
  }

  @Post(':id/closures')
  @Operation('closeOffice', 'Closes an office, and all that stands under it, for some days', {
    id: 'The office',
    problems: [...ON_WRITE, 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async close(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: MakeClosure,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    await this.work.make(making, async (manager, made) =>
      this.hours.close(await LockedTree.open(manager, operator.administrationId), id, made, asked),
    );
    return this.shown(operator, id, reply);
  }

  @Delete(':id/closures/:closure')
  @Operation('reopenOffice', 'Takes a closure back', { id: 'The office', problems: ON_WRITE })
  @ApiParam({ name: 'closure', description: 'The closure', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: OfficeDetail, description: 'The office after it', headers: ETAG })
  @NeverCached()
  async reopen(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('closure', ParseUUIDPipe) closure: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OfficeDetail> {
    return this.changed(operator, id, reply, tree => this.hours.reopen(tree, id, closure));
  }

  private async changed(
    operator: Asking,
    id: string,
    reply: FastifyReply,
    change: (tree: LockedTree) => Promise<object | Refused>,
  ): Promise<OfficeDetail> {
    await this.work.run(async manager => change(await LockedTree.open(manager, operator.administrationId)));
    return this.shown(operator, id, reply);
  }

  private async shown(operator: Asking, id: string, reply: FastifyReply): Promise<OfficeDetail> {
    return shown(await this.query.one(operator, id), 'There is no such office.', reply);
  }
}
