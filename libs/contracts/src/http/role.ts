import { Flag, ListOf, ManyOf, OneOf, Whole } from '../fields.js';
import { PERMISSIONS, REACHES, ROLES, type Permission, type Reach, type Role } from '../model.js';

const REACH = 'Whose cases it sees: all, those that concern the offices one is a member of and those below, or those of offices whose staff is of one’s supplier';
const LEVEL = 'Of which level the offices are at most; absent: of every level';

/** What a role may do. */
export class RoleView {
  @OneOf('Role', ROLES, { example: 'specialist' }) readonly role: Role;
  @ManyOf('What it may do', PERMISSIONS, { example: ['case.read'] }) readonly permissions: Permission[];
  @OneOf(REACH, REACHES, { example: 'offices' }) readonly reach: Reach;
  @Whole(LEVEL, { min: 1, max: 3, optional: true }) readonly upToTier?: number;
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
  @OneOf(`${REACH}; absent: as before`, REACHES, { optional: true, example: 'offices' }) readonly reach?: Reach;
  @Whole(`${LEVEL}. Said together with the reach`, { min: 1, max: 3, optional: true }) readonly upToTier?: number;
}
