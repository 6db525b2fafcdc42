import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { IdentityList, IdentityView, LinkIdentity } from '@filodiretto/contracts';
import type { FastifyReply } from 'fastify';
import { existing, ToMake } from '../http/asked.js';
import { IdempotencyKey, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork, type Making } from '../http/unit-of-work.js';
import { rolesOf } from '../operator/operators.js';
import { Roles } from '../permission/roles.js';
import { Identities } from './identities.js';
import { RecentLogin } from './recent-login.js';

const PROBLEMS = ['not-found', 'malformed-request', 'not-allowed'] as const;

/** Who operators are at the identity provider; and programs, which are operators with a name of their own there. */
@ApiTags('Sessions')
@Controller('api/operators/:id/identities')
export class IdentityController {
  constructor(
    @Inject(Identities) private readonly identities: Identities,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  @Get()
  @Operation('listIdentities', 'Who an operator is at the identity provider', {
    id: 'The operator',
    problems: PROBLEMS,
  })
  @ApiOkResponse({ type: IdentityList, description: 'The oldest first' })
  @NeverCached()
  async of(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<IdentityList> {
    return { items: existing(await this.identities.of(administrationId, id), 'There is no such operator.') };
  }

  @Post()
  @RecentLogin()
  @Operation('linkIdentity', 'Links an operator to somebody at the identity provider', {
    description: 'From the next request on, whoever has a token or a login of that subject is this operator.',
    id: 'The operator',
    problems: [...PROBLEMS, 'invalid-input', 'idempotency-mismatch', 'step-up-required'],
  })
  @IdempotencyKey()
  @ApiCreatedResponse({ type: IdentityView, description: 'The identity' })
  @NeverCached()
  async link(
    @CurrentOperator() operator: Asking,
    @Param('id', ParseUUIDPipe) operatorId: string,
    @Body() asked: LinkIdentity,
    @ToMake() making: Making,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdentityView> {
    const { administrationId } = operator;
    const { id } = await this.work.make(
      making,
      async (manager, made) =>
        (await this.roles.whyNotGive(operator, await rolesOf({ manager, administrationId }, operatorId))) ??
        this.identities.link(manager, { id: made, administrationId, operatorId }, asked),
    );
    reply.header('location', `/api/operators/${operatorId}/identities`);
    const all = await this.identities.of(administrationId, operatorId);
    return existing(
      all?.find(one => one.id === id),
      'It was taken back meanwhile.',
    );
  }

  @Delete(':identity')
  @HttpCode(204)
  @RecentLogin()
  @Operation('unlinkIdentity', 'Takes an identity back', {
    description: 'Whoever it was is let in no longer, sessions included.',
    id: 'The operator',
    problems: [...PROBLEMS, 'step-up-required'],
  })
  @ApiParam({ name: 'identity', description: 'The identity', schema: { type: 'string', format: 'uuid' } })
  @ApiNoContentResponse({ description: 'Nobody is this operator by it' })
  async unlink(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id', ParseUUIDPipe) operatorId: string,
    @Param('identity', ParseUUIDPipe) id: string,
  ): Promise<void> {
    await this.work.run(manager => this.identities.unlink(manager, { id, administrationId, operatorId }));
  }
}
