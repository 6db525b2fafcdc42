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
import { MakeAbsence, MakeOperator, OperatorDetail, WriteOperator } from '@filodiretto/contracts';
import { correlationOf, Problem } from '@filodiretto/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SeenVersion, ToMake, shown } from '../http/asked.js';
import { ETAG, IdempotencyKey, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Roles } from '../permission/roles.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { LockedTree } from '../office/locked-tree.js';
import type { Refused } from '../refused.js';
import { Absences } from './absences.js';
import { OperatorQuery } from './operator.query.js';
import { Operators, rolesOf } from './operators.js';

const ON_WRITE = ['invalid-input', 'malformed-request', 'not-found', 'not-allowed'] as const;
const ON_CHANGE = [...ON_WRITE, 'version-required', 'version-stale'] as const;

/** Operators one by one: where they belong, what they speak, when they are away. */
@ApiTags('Organisation')
@Controller('api/operators')
export class OperatorController {
  constructor(
    @Inject(OperatorQuery) private readonly query: OperatorQuery,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Roles) private readonly roles: Roles,
    @Inject(Operators) private readonly operators: Operators,
    @Inject(Absences) private readonly absences: Absences,
  ) {}

  @Get(':id')
  @Operation('getOperator', 'One operator, with all that is known of them', {
    description: 'The ETag is their version: send it back as If-Match to change it.',
    id: 'The operator',
    problems: ['not-found', 'malformed-request'],
  })
  @ApiOkResponse({ type: OperatorDetail, description: 'The operator', headers: ETAG })
  @NeverCached()
  one(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    return this.shown(operator, id, reply);
  }

  @Post()
  @Operation('makeOperator', 'Makes an operator', { problems: [...ON_WRITE, 'idempotency-mismatch'] })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: OperatorDetail, description: 'The operator', headers: ETAG })
  @NeverCached()
  async make(
    @CurrentOperator() operator: Asking,
    @Body() asked: MakeOperator,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    const { id } = await this.work.make(
      making,
      async (manager, made) =>
        (await this.roles.whyNotGive(operator, [asked.role])) ??
        this.operators.make(await LockedTree.open(manager, operator.administrationId), made, asked),
    );
    reply.header('location', `/api/operators/${id}`);
    return this.shown(operator, id, reply);
  }

  @Put(':id')
  @Operation('writeOperator', 'Writes all that is known of an operator', {
    description: 'What is left out is cleared. Their code never changes.',
    id: 'The operator',
    problems: ON_CHANGE,
  })
  @IfMatch()
  @ApiOkResponse({ type: OperatorDetail, description: 'The operator after it', headers: ETAG })
  @NeverCached()
  async write(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: WriteOperator,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    return this.changed(
      operator,
      id,
      reply,
      async tree =>
        (await this.roles.whyNotGive(operator, [asked.role, ...(await rolesOf(tree, id))])) ??
        this.operators.write(tree, id, asked, version),
    );
  }

  @Post(':id/deactivations')
  @HttpCode(200)
  @Operation('deactivateOperator', 'Somebody no longer works here', {
    description:
      'They are let in no longer, whatever token or session they have. Their open cases go back to the offices that hold them. Refused while an office names them responsible.',
    id: 'The operator',
    problems: [...ON_CHANGE, 'office-in-use', 'transition-not-allowed'],
  })
  @IfMatch()
  @ApiOkResponse({ type: OperatorDetail, description: 'The operator after it', headers: ETAG })
  @NeverCached()
  async deactivate(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @SeenVersion() version: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    const by = { operatorId: operator.id, expectedVersion: version, cause: correlationOf(request) };
    return this.changed(operator, id, reply, tree => this.operators.deactivate(tree, id, by));
  }

  @Post(':id/activations')
  @HttpCode(200)
  @Operation('activateOperator', 'Somebody works here again', {
    id: 'The operator',
    problems: [...ON_CHANGE, 'office-in-use'],
  })
  @IfMatch()
  @ApiOkResponse({ type: OperatorDetail, description: 'The operator after it', headers: ETAG })
  @NeverCached()
  async activate(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @SeenVersion() version: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    return this.changed(operator, id, reply, tree => this.operators.activate(tree, id, version));
  }

  @Post(':id/absences')
  @Operation('recordAbsence', 'Records that somebody is away, and who stands in', {
    description: 'Everybody records their own; an administrator those of others. It never says why.',
    id: 'The operator',
    problems: [...ON_WRITE, 'idempotency-mismatch'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: OperatorDetail, description: 'The operator after it', headers: ETAG })
  @NeverCached()
  async away(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() asked: MakeAbsence,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    await this.ownOrOrganising(operator, id);
    await this.work.make(making, async (manager, made) =>
      this.absences.record(await LockedTree.open(manager, operator.administrationId), id, made, asked),
    );
    return this.shown(operator, id, reply);
  }

  @Delete(':id/absences/:absence')
  @Operation('removeAbsence', 'Takes an absence back: they are there after all, or again', {
    id: 'The operator',
    problems: ON_WRITE,
  })
  @ApiParam({ name: 'absence', description: 'The absence', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: OperatorDetail, description: 'The operator after it', headers: ETAG })
  @NeverCached()
  async back(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('absence', ParseUUIDPipe) absence: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperatorDetail> {
    await this.ownOrOrganising(operator, id);
    return this.changed(operator, id, reply, tree => this.absences.remove(tree, id, absence));
  }

  private async changed(
    operator: Asking,
    id: string,
    reply: FastifyReply,
    change: (tree: LockedTree) => Promise<object | Refused>,
  ): Promise<OperatorDetail> {
    await this.work.run(async manager => change(await LockedTree.open(manager, operator.administrationId)));
    return this.shown(operator, id, reply);
  }

  private async ownOrOrganising(operator: Asking, id: string): Promise<void> {
    if (operator.id !== id && !(await this.roles.may(operator, 'organisation.write')))
      throw new Problem('not-allowed', 'The absences of others need the permission organisation.write.');
  }

  private async shown(operator: Asking, id: string, reply: FastifyReply): Promise<OperatorDetail> {
    return shown(await this.query.one(operator, id), 'There is no such operator.', reply);
  }
}
