import {
  Body,
  Catch,
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
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PROBLEMS } from '@filodiretto/contracts';
import { Problem } from '@filodiretto/platform';
import type { FastifyReply } from 'fastify';
import { Unpublished } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Provisioning, type Provisioned } from './provisioning.js';
import {
  ENTERPRISE_SCHEMA,
  ERROR_SCHEMA,
  filterOf,
  LIST_SCHEMA,
  pageOf,
  patched,
  ScimFault,
  USER_SCHEMA,
  userOf,
} from './scim.js';

const MEDIA_TYPE = 'application/scim+json; charset=utf-8';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Faults and refusals in SCIM's own format. What is neither is left to the filter of all. */
@Catch(ScimFault, Problem)
class ScimFilter implements ExceptionFilter {
  catch(fault: ScimFault | Problem, host: ArgumentsHost): void {
    const status = fault instanceof ScimFault ? fault.status : PROBLEMS[fault.problem].status;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const challenge = fault instanceof Problem ? fault.more.challenge : undefined;
    if (challenge !== undefined) reply.header('www-authenticate', challenge);
    if (fault instanceof Problem && fault.more.retryAfter !== undefined)
      reply.header('retry-after', String(fault.more.retryAfter));
    void reply
      .code(status)
      .header('content-type', MEDIA_TYPE)
      .send({
        schemas: [ERROR_SCHEMA],
        status: String(status),
        ...(fault instanceof ScimFault && fault.scimType ? { scimType: fault.scimType } : {}),
        detail: fault.message,
      });
  }
}

/** Provisioning of operators by a directory (SCIM 2.0), for programs of the scope `filodiretto:scim`. */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2')
export class ScimController {
  constructor(@Inject(Provisioning) private readonly provisioning: Provisioning) {}

  @Get('ServiceProviderConfig')
  @Header('content-type', MEDIA_TYPE)
  config(): object {
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [
        { type: 'oauthbearertoken', name: 'OAuth 2', description: 'An access token of the scope filodiretto:scim' },
      ],
    };
  }

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
    return resourceOf(await this.provisioning.one(administrationId, known(id)));
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
    return resourceOf(await this.provisioning.write(operator, known(id), () => asked));
  }

  @Patch('Users/:id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimChangeUser', 'operators')
  async change(@CurrentOperator() operator: Asking, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return resourceOf(await this.provisioning.write(operator, known(id), now => patched(now, body)));
  }

  /** Nobody is deleted: what they did keeps their name. They are let in no longer. */
  @Delete('Users/:id')
  @HttpCode(204)
  @Unpublished('scimLeaveUser', 'operators')
  async leave(@CurrentOperator() operator: Asking, @Param('id') id: string): Promise<void> {
    await this.provisioning.write(operator, known(id), now => ({ ...now, active: false }));
  }
}

function known(id: string): string {
  if (!UUID.test(id)) throw new ScimFault(404, undefined, 'There is no such user.');
  return id.toLowerCase();
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
