import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Unpublished } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Groups, type Group } from './groups.js';
import { answered, versioned, withoutMeta } from './scim-answer.js';
import { knownId, MEDIA_TYPE, ScimFilter } from './scim-filter.js';
import { membersOf, patchedMembers } from './scim-group.js';
import { listed } from './scim-list.js';
import { lookedUp } from './scim-look-up.js';
import { shownOf, stillAt, versionOf } from './scim-query.js';
import { GROUP_SCHEMA, ScimFault, type Json } from './scim.js';

/** Offices as groups of a directory (SCIM 2.0): it says who belongs to them, for programs of the scope `filodiretto:scim`. */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2/Groups')
export class ScimGroupController {
  constructor(@Inject(Groups) private readonly groups: Groups) {}

  @Get()
  @Header('content-type', MEDIA_TYPE)
  list(@CurrentOperator() { administrationId }: Asking, @Query() query: Json): Promise<object> {
    return listed(
      query,
      async (page, members, sought) => {
        const { total, items } = await this.groups.list(administrationId, lookedUp(sought), { ...page, members });
        return { total, items: items.map(group => resourceOf(group, members)) };
      },
      'members',
    );
  }

  @Get(':id')
  @Header('content-type', MEDIA_TYPE)
  async one(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id') id: string,
    @Query() query: Json,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const members = known !== undefined || !shownOf(query.attributes, query.excludedAttributes).leavesOut('members');
    const group = await this.groups.one(administrationId, knownId(id, 'group'), members);
    return answered(resourceOf(group, members), reply, query, known);
  }

  @Put(':id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimReplaceGroup', 'offices')
  async replace(
    @CurrentOperator() operator: Asking,
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Json,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const members = membersOf(body);
    return answered(resourceOf(await this.write(operator, id, seen, () => members)), reply, query);
  }

  @Patch(':id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimChangeGroup', 'offices')
  async change(
    @CurrentOperator() operator: Asking,
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Json,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const written = await this.write(operator, id, seen, now => patchedMembers(now, body));
    return answered(resourceOf(written), reply, query);
  }

  @Post()
  @HttpCode(403)
  make(): never {
    throw new ScimFault(403, undefined, 'Offices are made in the organisation: a directory says who belongs to them.');
  }

  @Delete(':id')
  @HttpCode(403)
  end(): never {
    throw new ScimFault(403, undefined, 'Offices end in the organisation: a directory says who belongs to them.');
  }

  private write(
    operator: Asking,
    id: string,
    seen: string | undefined,
    change: (now: ReadonlySet<string>) => ReadonlySet<string>,
  ): Promise<Group> {
    return this.groups.write(operator, knownId(id, 'group'), (now, group) => {
      stillAt(seen, versionOf(withoutMeta(resourceOf(group))));
      return change(now);
    });
  }
}

/** Without its members nothing is said of its version. */
const resourceOf = (group: Group, withMembers = true): Json =>
  withMembers ? versioned(toldOf(group, true)) : toldOf(group, false);

const toldOf = ({ id, name, code, members }: Group, withMembers: boolean): Json => ({
  schemas: [GROUP_SCHEMA],
  id,
  externalId: code,
  displayName: name,
  ...(withMembers
    ? {
        members: members.map(member => ({
          value: member.id,
          display: member.name,
          $ref: `/scim/v2/Users/${member.id}`,
          type: 'User',
        })),
      }
    : {}),
  meta: { resourceType: 'Group', location: `/scim/v2/Groups/${id}` },
});
