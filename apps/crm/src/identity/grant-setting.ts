import { OneOf, Text } from '@filodiretto/contracts';
import { ROLES, type Role } from '@filodiretto/contracts/model';

/** What a claim of the identity provider gives to who logs in. */
export class GrantSetting {
  @Text('Claim of the ID token, or the way to it by dots', { max: 200 }) readonly claim: string;
  @Text('What must be in it', { max: 200 }) readonly value: string;
  @OneOf('Role that it gives', ROLES, { optional: true }) readonly role?: Role;
  @Text('Code of the office that it lets belong to', { max: 100, optional: true }) readonly office?: string;
}
