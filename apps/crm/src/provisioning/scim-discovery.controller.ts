import { Controller, Get, Header, Param, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MEDIA_TYPE, ScimFilter } from './scim-filter.js';
import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, LIST_SCHEMA, ScimFault, USER_SCHEMA } from './scim.js';

const CONFIG = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    { type: 'oauthbearertoken', name: 'OAuth 2', description: 'An access token of the scope filodiretto:scim' },
  ],
};

interface Attribute {
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference';
  readonly many?: boolean;
  readonly required?: boolean;
  readonly mutability?: 'readOnly' | 'readWrite' | 'immutable';
  readonly unique?: boolean;
  readonly parts?: readonly Attribute[];
}

const described = (attribute: Attribute): object => ({
  name: attribute.name,
  type: attribute.type ?? 'string',
  multiValued: attribute.many ?? false,
  required: attribute.required ?? false,
  caseExact: false,
  mutability: attribute.mutability ?? 'readWrite',
  returned: 'default',
  uniqueness: attribute.unique === true ? 'server' : 'none',
  ...(attribute.parts ? { subAttributes: attribute.parts.map(described) } : {}),
});

const REACHED: readonly Attribute[] = [{ name: 'value' }, { name: 'type' }, { name: 'primary', type: 'boolean' }];

/** What is kept of each schema (RFC 7643, section 7). */
const SCHEMAS = [
  {
    id: USER_SCHEMA,
    name: 'User',
    attributes: [
      { name: 'userName', required: true, mutability: 'immutable', unique: true },
      { name: 'displayName', required: true },
      { name: 'name', type: 'complex', parts: [{ name: 'formatted' }, { name: 'givenName' }, { name: 'familyName' }] },
      { name: 'active', type: 'boolean' },
      { name: 'emails', type: 'complex', many: true, parts: REACHED },
      { name: 'phoneNumbers', type: 'complex', many: true, parts: REACHED },
    ],
  },
  { id: ENTERPRISE_SCHEMA, name: 'EnterpriseUser', attributes: [{ name: 'department', mutability: 'immutable' }] },
  {
    id: GROUP_SCHEMA,
    name: 'Group',
    attributes: [
      { name: 'displayName', mutability: 'readOnly' },
      {
        name: 'members',
        type: 'complex',
        many: true,
        parts: [{ name: 'value' }, { name: 'display', mutability: 'readOnly' }, { name: '$ref', type: 'reference' }],
      },
    ],
  },
] satisfies readonly { readonly id: string; readonly name: string; readonly attributes: readonly Attribute[] }[];

const RESOURCE_TYPES = [
  {
    id: 'User',
    endpoint: '/Users',
    schema: USER_SCHEMA,
    schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }],
  },
  { id: 'Group', endpoint: '/Groups', schema: GROUP_SCHEMA },
];

/** What a directory can ask here (RFC 7644, section 4). */
@ApiExcludeController()
@UseFilters(ScimFilter)
@Controller('scim/v2')
export class ScimDiscoveryController {
  @Get('ServiceProviderConfig')
  @Header('content-type', MEDIA_TYPE)
  config(): object {
    return CONFIG;
  }

  @Get('ResourceTypes')
  @Header('content-type', MEDIA_TYPE)
  resourceTypes(): object {
    return listOf(RESOURCE_TYPES.map(({ id }) => this.resourceType(id)));
  }

  @Get('ResourceTypes/:id')
  @Header('content-type', MEDIA_TYPE)
  resourceType(@Param('id') id: string): object {
    const found = RESOURCE_TYPES.find(one => one.id === id);
    if (!found) throw new ScimFault(404, undefined, 'There is no such resource type.');
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      name: found.id,
      ...found,
      meta: { resourceType: 'ResourceType', location: `/scim/v2/ResourceTypes/${found.id}` },
    };
  }

  @Get('Schemas')
  @Header('content-type', MEDIA_TYPE)
  schemas(): object {
    return listOf(SCHEMAS.map(({ id }) => this.schema(id)));
  }

  @Get('Schemas/:id')
  @Header('content-type', MEDIA_TYPE)
  schema(@Param('id') id: string): object {
    const found = SCHEMAS.find(one => one.id === id);
    if (!found) throw new ScimFault(404, undefined, 'There is no such schema.');
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: found.id,
      name: found.name,
      attributes: found.attributes.map(described),
      meta: { resourceType: 'Schema', location: `/scim/v2/Schemas/${found.id}` },
    };
  }
}

const listOf = (resources: readonly object[]): object => ({
  schemas: [LIST_SCHEMA],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
