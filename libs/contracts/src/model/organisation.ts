/** What a node of the tree is, from the root down. Stored values: never renamed. */
export const OFFICE_KINDS = ['administration', 'department', 'office', 'team'] as const;
export type OfficeKind = (typeof OFFICE_KINDS)[number];

/** The parts that people of an administration play. Stored values: never renamed. */
export const ROLES = [
  'tier1_operator',
  'specialist',
  'back_office_member',
  'office_head',
  'urp_referent',
  'supervisor',
  'team_leader',
  'desk_operator',
  'receptionist',
  'cabinet_operator',
  'kb_editor',
  'social_editor',
  'protocol_officer',
  'contract_manager',
  'supplier_manager',
  'executive_viewer',
  'dpo',
  'admin',
  'interpreter',
  'auditor',
  'api_client',
] as const;
export type Role = (typeof ROLES)[number];
