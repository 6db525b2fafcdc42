/** What somebody may do, in grains that an administration gives to roles. Stored values: never renamed. */
export const PERMISSIONS = [
  'case.read',
  'case.work',
  'case.bulk',
  'work.take',
  'work.direct',
  'share',
  'tag.write',
  'area.write',
  'template.write',
  'automation.write',
  'settings.write',
  'policy.write',
  'parked.settle',
  'report.read',
  'trail.read',
  'organisation.write',
  'role.write',
  'privacy.read',
  'privacy.work',
  'privacy.decide',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
