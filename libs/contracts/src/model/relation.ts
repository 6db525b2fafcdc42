/** What another case is to one. */
export const RELATION_KINDS = [
  'related',
  'duplicate',
  'duplicate_of',
  'merged',
  'merged_into',
  'follow_up',
  'follow_up_of',
  'split_off',
  'split_from',
  'incident_head',
  'incident_member',
] as const;
export type CaseRelationKind = (typeof RELATION_KINDS)[number];
