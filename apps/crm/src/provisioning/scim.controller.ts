import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
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
import { known, MEDIA_TYPE, ScimFilter } from './scim-filter.js';
import { ENTERPRISE_SCHEMA, filterOf, LIST_SCHEMA, pageOf, patched, USER_SCHEMA, userOf } from './scim.js';

/** Provisioning of operators by a directory (SCIM 2.0), for programs of the scope `filodiretto:scim`. */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2')
export class ScimController {
  constructor(@Inject(Provisioning) private readonly provisioning: Provisioning) {}

  @Get('Users')
  @Header('content-type', MEDIA_TYPE)
  async list(
    @CurrentOperator() { administrationId }: Asking,
    @Query('filter') filter: unknown,
    @Query('startIndex') startIndex: unknown,
    @Query('count') count: unknown,
  ): Promise<object> {
    const page = pageOf(startIndex, count);
    const { total, items } = await this.provisioning.list(administrationId, filterOf(filter), page);
    return {
      schemas: [LIST_SCHEMA],
      totalResults: total,
      startIndex: page.from,
      itemsPerPage: items.length,
      Resources: items.map(resourceOf),
    };
  }

  @Get('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  async one(@CurrentOperator() { administrationId }: Asking, @Param('id') id: string): Promise<object> {
    return resourceOf(await this.provisioning.one(administrationId, known(id, 'user')));
  }

  @Post('Users')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimMakeUser', 'operators')
  async make(
    @CurrentOperator() operator: Asking,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const made = await this.provisioning.make(operator, userOf(body));
    reply.header('location', `/scim/v2/Users/${made.id}`);
    return resourceOf(made);
  }

  @Put('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimReplaceUser', 'operators')
  async replace(@CurrentOperator() operator: Asking, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const asked = userOf(body);
    return resourceOf(await this.provisioning.write(operator, known(id, 'user'), () => asked));
  }

  @Patch('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimChangeUser', 'operators')
  async change(@CurrentOperator() operator: Asking, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return resourceOf(await this.provisioning.write(operator, known(id, 'user'), now => patched(now, body)));
  }

  /** Nobody is deleted: what they did keeps their name. They are let in no longer. */
  @Delete('Users/:id')
  @HttpCode(204)
  @Unpublished('scimLeaveUser', 'operators')
  async leave(@CurrentOperator() operator: Asking, @Param('id') id: string): Promise<void> {
    await this.provisioning.write(operator, known(id, 'user'), now => ({ ...now, active: false }));
  }
}

const resourceOf = (user: Provisioned): object => ({
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
