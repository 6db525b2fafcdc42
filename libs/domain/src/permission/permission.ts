import { PERMISSIONS, type Permission, type Role } from '@filodiretto/contracts/model';

const WORKS: readonly Permission[] = ['case.read', 'case.work', 'work.take'];
const LEADS: readonly Permission[] = [...WORKS, 'case.bulk', 'work.direct', 'share', 'report.read'];

/** What each role may do unless an administration decided otherwise. */
export const SHIPPED_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  tier1_operator: WORKS,
  specialist: WORKS,
  back_office_member: WORKS,
  desk_operator: WORKS,
  receptionist: WORKS,
  cabinet_operator: WORKS,
  social_editor: WORKS,
  protocol_officer: WORKS,
  interpreter: WORKS,
  office_head: LEADS,
  team_leader: [...LEADS, 'parked.settle'],
  supervisor: [...LEADS, 'parked.settle', 'tag.write', 'area.write', 'automation.write'],
  urp_referent: [
    ...LEADS,
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
  dpo: ['report.read', 'trail.read', 'privacy.read', 'privacy.work'],
  auditor: ['report.read', 'trail.read'],
  api_client: ['case.read', 'case.work', 'report.read'],
  admin: PERMISSIONS,
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
