import { Id, InstantField, ListOf, OneOf, Text, Texts } from '../fields.js';

/** What an access token may allow. */
export const API_SCOPES = ['filodiretto:read', 'filodiretto:write', 'filodiretto:scim'] as const;
const LINKED_BY = ['administrator', 'email', 'provisioning', 'demonstration'] as const;

/** Who an operator is at the identity provider. */
export class IdentityView {
  @Id('Identity') readonly id: string;
  @Text('The provider, as it names itself', { max: 2_000, example: 'https://login.example.org/realms/urp' })
  readonly issuer: string;
  @Text('Who they are there: `sub` of its tokens', { max: 255, example: '5f0c1e2a-8a5b-4a39-9d0b-3b1f0a0b7c11' })
  readonly subject: string;
  @Text('The operator is a program: its name there', { max: 255, optional: true, example: 'portale-comunale' })
  readonly clientId?: string;
  @Texts('What the program may do at most', { max: 10, maxLength: 100, optional: true, example: ['filodiretto:read'] })
  readonly scopes?: string[];
  @OneOf('Who linked them', LINKED_BY, { example: 'administrator' }) readonly linkedBy: string;
  @InstantField('Since') readonly linkedAt: string;
}
export class IdentityList {
  @ListOf('Identities, the oldest first', () => IdentityView, { max: 1_000 }) readonly items: IdentityView[];
}
export class LinkIdentity {
  @Text('Who they are at the provider: `sub` of its tokens', { max: 255, example: '5f0c1e2a-8a5b-4a39-9d0b-3b1f0a0b7c11' })
  readonly subject: string;
  @Text('The operator is a program: its `client_id` there', { max: 255, optional: true, example: 'portale-comunale' })
  readonly clientId?: string;
  @Texts('What the program may do at most; said with `clientId`', {
    max: 10,
    maxLength: 100,
    optional: true,
    example: ['filodiretto:read'],
  })
  readonly scopes?: string[];
}
