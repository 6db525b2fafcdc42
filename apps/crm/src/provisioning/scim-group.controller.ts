import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  UseFilters,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Unpublished } from '../http/documented.js';
import { CurrentOperator, type Asking } from '../http/operator.js';
import { Groups, type Group } from './groups.js';
import { known, MEDIA_TYPE, ScimFilter } from './scim-filter.js';
import { groupFilterOf, membersOf, patchedMembers } from './scim-group.js';
import { GROUP_SCHEMA, LIST_SCHEMA, pageOf, ScimFault } from './scim.js';

/** Offices as groups of a directory (SCIM 2.0): it says who belongs to them, for programs of the scope `filodiretto:scim`. */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2/Groups')
export class ScimGroupController {
  constructor(@Inject(Groups) private readonly groups: Groups) {}

  @Get()
  @Header('content-type', MEDIA_TYPE)
  async list(
    @CurrentOperator() { administrationId }: Asking,
    @Query('filter') filter: unknown,
    @Query('startIndex') startIndex: unknown,
    @Query('count') count: unknown,
    @Query('excludedAttributes') excluded: unknown,
  ): Promise<object> {
    const page = pageOf(startIndex, count);
    const { total, items } = await this.groups.list(
      administrationId,
      { name: groupFilterOf(filter) },
      { ...page, members: !leavesMembersOut(excluded) },
    );
    return {
      schemas: [LIST_SCHEMA],
      totalResults: total,
      startIndex: page.from,
      itemsPerPage: items.length,
      Resources: items.map(group => resourceOf(group, !leavesMembersOut(excluded))),
    };
  }

  @Get(':id')
  @Header('content-type', MEDIA_TYPE)
  async one(
    @CurrentOperator() { administrationId }: Asking,
    @Param('id') id: string,
    @Query('excludedAttributes') excluded: unknown,
  ): Promise<object> {
    const members = !leavesMembersOut(excluded);
    return resourceOf(await this.groups.one(administrationId, known(id, 'group'), members), members);
  }

  @Put(':id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimReplaceGroup', 'offices')
  async replace(@CurrentOperator() operator: Asking, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const members = membersOf(body);
    return resourceOf(await this.groups.write(operator, known(id, 'group'), () => members));
  }

  @Patch(':id')
  @Header('content-type', MEDIA_TYPE)
  @Unpublished('scimChangeGroup', 'offices')
  async change(@CurrentOperator() operator: Asking, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return resourceOf(await this.groups.write(operator, known(id, 'group'), now => patchedMembers(now, body)));
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
}

const leavesMembersOut = (excluded: unknown): boolean =>
  typeof excluded === 'string' && excluded.split(',').some(one => one.trim().toLowerCase() === 'members');

const resourceOf = ({ id, name, members }: Group, withMembers = true): object => ({
  schemas: [GROUP_SCHEMA],
  id,
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
