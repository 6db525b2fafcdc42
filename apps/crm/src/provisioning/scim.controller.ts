import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseFilters,
  Inject,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Unpublished } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Provisioning, type Provisioned } from './provisioning.js';
import { answered, versioned, withoutMeta } from './scim-answer.js';
import { knownId, MEDIA_TYPE, ScimFilter } from './scim-filter.js';
import { listed } from './scim-list.js';
import { lookedUp } from './scim-look-up.js';
import { stillAt, versionOf } from './scim-query.js';
import { ENTERPRISE_SCHEMA, patched, USER_SCHEMA, userOf, type Json, type ScimUser } from './scim.js';

/** Provisioning of operators by a directory (SCIM 2.0), for programs of the scope `filodiretto:scim`. */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2')
export class ScimController {
  constructor(@Inject(Provisioning) private readonly provisioning: Provisioning) {}

  @Get('Users')
  @Header('content-type', MEDIA_TYPE)
  list(@CurrentOperator() { administrationId }: Asking, @Query() query: Json): Promise<object> {
    return listed(query, async (page, _, sought) => {
      const { total, items } = await this.provisioning.list(administrationId, lookedUp(sought), page);
      return { total, items: items.map(resourceOf) };
    });
  }

  @Get('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  async one(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id') id: string,
    @Query() query: Json,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return answered(
      resourceOf(await this.provisioning.one(administrationId, knownId(id, 'user'))),
      reply,
      query,
      known,
    );
  }

  @Post('Users')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimMakeUser', 'operators')
  async make(
    @CurrentOperator() operator: Asking,
    @Body() body: unknown,
    @Query() query: Json,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const made = await this.provisioning.make(operator, userOf(body));
    reply.header('location', `/scim/v2/Users/${made.id}`);
    return answered(resourceOf(made), reply, query);
  }

  @Put('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimReplaceUser', 'operators')
  async replace(
    @CurrentOperator() operator: Asking,
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Json,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const asked = userOf(body);
    return answered(resourceOf(await this.write(operator, id, seen, () => asked)), reply, query);
  }

  @Patch('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimChangeUser', 'operators')
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Json,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return answered(resourceOf(await this.write(operator, id, seen, now => patched(now, body))), reply, query);
  }

  /** Nobody is deleted: what they did keeps their name. They are let in no longer. */
  @Delete('Users/:id')
  @HttpCode(204)
  @Unpublished('scimLeaveUser', 'operators')
  async leave(
    @CurrentOperator() operator: Asking,
    @Param('id') id: string,
    @Headers('if-match') seen: string | undefined,
  ): Promise<void> {
    await this.write(operator, id, seen, now => ({ ...now, active: false }));
  }

  private write(
    operator: Asking,
    id: string,
    seen: string | undefined,
    change: (now: Provisioned) => ScimUser,
  ): Promise<Provisioned> {
    return this.provisioning.write(operator, knownId(id, 'user'), now => {
      stillAt(seen, versionOf(withoutMeta(resourceOf(now))));
      return change(now);
    });
  }
}

const resourceOf = (user: Provisioned): Json =>
  versioned({
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    id: user.id,
    userName: user.userName,
    ...(user.externalId === undefined ? {} : { externalId: user.externalId }),
    displayName: user.name,
    name: { formatted: user.name },
    active: user.active,
    ...(user.email === undefined ? {} : { emails: [{ value: user.email, type: 'work', primary: true }] }),
    ...(user.phone === undefined ? {} : { phoneNumbers: [{ value: user.phone, type: 'work' }] }),
    [ENTERPRISE_SCHEMA]: { department: user.department },
    meta: { resourceType: 'User', location: `/scim/v2/Users/${user.id}` },
  });
