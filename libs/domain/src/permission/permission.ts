import { PERMISSIONS, type Permission, type Reach, type Role } from '@filodiretto/contracts/model';
import type { RoleReach } from './sight.js';

const WORKS: readonly Permission[] = ['case.read', 'case.work', 'work.take'];
/** Works in an office that is told what not everybody may know. */
const CONFIDED: readonly Permission[] = [...WORKS, 'case.confidential'];
const LEADS: readonly Permission[] = [
  ...WORKS,
  'case.confidential',
  'case.bulk',
  'work.direct',
  'share',
  'report.read',
];

/** What each role may do unless an administration decided otherwise. */
export const SHIPPED_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  tier1_operator: WORKS,
  specialist: CONFIDED,
  back_office_member: CONFIDED,
  desk_operator: WORKS,
  receptionist: WORKS,
  cabinet_operator: CONFIDED,
  social_editor: WORKS,
  protocol_officer: WORKS,
  interpreter: WORKS,
  office_head: LEADS,
  team_leader: [...LEADS, 'parked.settle'],
  supervisor: [...LEADS, 'case.break-glass', 'parked.settle', 'tag.write', 'area.write', 'automation.write'],
  urp_referent: [
    ...LEADS,
    'case.break-glass',
    'parked.settle',
    'tag.write',
    'area.write',
    'template.write',
    'automation.write',
    'settings.write',
    'policy.write',
    'privacy.work',
  ],
  kb_editor: ['case.read', 'template.write'],
  contract_manager: ['report.read'],
  supplier_manager: ['report.read'],
  executive_viewer: ['report.read'],
  dpo: ['report.read', 'trail.read', 'privacy.read', 'privacy.work', 'privacy.erase', 'retention.write'],
  auditor: ['report.read', 'trail.read'],
  api_client: ['case.read', 'case.work', 'report.read'],
  admin: PERMISSIONS,
};

/** How far each role sees unless an administration decided otherwise: the front everything, whoever answers for a matter their offices'. */
export const SHIPPED_REACHES: Readonly<Record<Role, Reach>> = {
  tier1_operator: 'administration',
  specialist: 'offices',
  back_office_member: 'offices',
  desk_operator: 'administration',
  receptionist: 'administration',
  cabinet_operator: 'offices',
  social_editor: 'administration',
  protocol_officer: 'offices',
  interpreter: 'administration',
  office_head: 'offices',
  team_leader: 'administration',
  supervisor: 'administration',
  urp_referent: 'administration',
  kb_editor: 'administration',
  contract_manager: 'supplier',
  supplier_manager: 'supplier',
  executive_viewer: 'administration',
  dpo: 'administration',
  auditor: 'administration',
  api_client: 'administration',
  admin: 'administration',
};

/** What an administration decided for some roles; absent: as shipped. */
export type DecidedPermissions = Readonly<Partial<Record<string, readonly Permission[]>>>;

/** What a role may do. One that nobody knows may do nothing. */
export function permissionsOf(role: string, decided: DecidedPermissions): ReadonlySet<Permission> {
  const shipped: DecidedPermissions = SHIPPED_PERMISSIONS;
  return new Set(
    (Object.hasOwn(decided, role) ? decided[role] : undefined) ??
      (Object.hasOwn(shipped, role) ? shipped[role] : undefined) ??
      [],
  );
}

/** How far a role sees: as an administration decided, or as shipped. One that nobody knows sees its offices alone. */
export function reachOf(
  role: string,
  decided: { readonly reach: Reach | null; readonly upToTier: number | null } | undefined,
): RoleReach {
  const shipped: Readonly<Record<string, Reach>> = SHIPPED_REACHES;
  const usual = Object.hasOwn(shipped, role) ? shipped[role] : undefined;
  return { reach: decided?.reach ?? usual ?? 'offices', upToTier: decided?.upToTier ?? null };
}
