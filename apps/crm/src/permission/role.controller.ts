import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { ChangeRole, RoleList, RoleView } from '@filodiretto/contracts';
import { ROLES } from '@filodiretto/contracts/model';
import type { FastifyReply } from 'fastify';
import { SeenVersion, shown } from '../http/asked.js';
import { ETAG, IfMatch, NeverCached, Operation } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { UnitOfWork } from '../http/unit-of-work.js';
import { Roles } from './roles.js';

const ROLE = { name: 'role', description: 'The role', enum: [...ROLES] };

/** What roles may do. */
@ApiTags('Roles')
@Controller('api/roles')
export class RoleController {
  constructor(
    @Inject(Roles) private readonly roles: Roles,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
  ) {}

  @Get()
  @Operation('listRoles', 'What each role may do')
  @ApiOkResponse({ type: RoleList, description: 'All of them' })
  @NeverCached()
  async list(@CurrentOperator() operator: Asking): Promise<RoleList> {
    return { items: await this.roles.list(operator) };
  }

  @Get(':role')
  @Operation('getRole', 'What a role may do', { problems: ['not-found', 'malformed-request'] })
  @ApiParam(ROLE)
  @ApiOkResponse({ type: RoleView, description: 'The role', headers: ETAG })
  @NeverCached()
  async one(
    @CurrentOperator() operator: Asking,
    @Param('role') role: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleView> {
    return shown(await this.roles.one(operator, role), 'There is no such role.', reply);
  }

  @Put(':role')
  @Operation('changeRole', 'Decides what a role may do', {
    description: 'It holds for whoever has the role, from their next request on; elsewhere within two seconds.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'not-allowed', 'version-required', 'version-stale'],
  })
  @ApiParam(ROLE)
  @IfMatch()
  @ApiOkResponse({ type: RoleView, description: 'The role after it', headers: ETAG })
  @NeverCached()
  async change(
    @CurrentOperator() operator: Asking,
    @Param('role') role: string,
    @Body() asked: ChangeRole,
    @SeenVersion() expectedVersion: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleView> {
    await this.work.run(manager => this.roles.change(manager, operator, { role, expectedVersion }, asked));
    this.roles.forget(operator.administrationId);
    return this.one(operator, role, reply);
  }
}
