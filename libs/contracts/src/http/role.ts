import { Flag, ListOf, ManyOf, OneOf, Whole } from '../fields.js';
import { PERMISSIONS, ROLES, type Permission, type Role } from '../model.js';

/** What a role may do. */
export class RoleView {
  @OneOf('Role', ROLES, { example: 'specialist' }) readonly role: Role;
  @ManyOf('What it may do', PERMISSIONS, { example: ['case.read'] }) readonly permissions: Permission[];
  @Flag('Whether the administration decided it; else it is as shipped') readonly decided: boolean;
  @Whole('Its version', { min: 1 }) readonly version: number;
}
export class RoleList {
  @ListOf('All of them', () => RoleView, { max: 100 }) readonly items: RoleView[];
}
/** Decides what a role may do from now on. */
export class ChangeRole {
  @ManyOf('What it may do', PERMISSIONS, { example: ['case.read', 'case.work', 'work.take'] })
  readonly permissions: Permission[];
}
