import type { Role } from './organisation.js';

/** Why not everybody who works here may know of a case; an administration adds others. Stored values: never renamed. */
export interface ConfidentialityLevel {
  readonly code: string;
  readonly name: string;
  /** Offices that may know besides those that hold a case or were asked about it. */
  readonly offices: readonly string[];
  /** Roles that may know wherever the case is. */
  readonly roles: readonly Role[];
}

/** The levels that every administration has until it decides otherwise. */
export const SHIPPED_LEVELS: readonly ConfidentialityLevel[] = [
  { code: 'cabinet', name: 'Gabinetto del Sindaco', offices: [], roles: ['cabinet_operator'] },
  { code: 'minors', name: 'Minori', offices: [], roles: [] },
  { code: 'health', name: 'Salute', offices: [], roles: [] },
];

/** How far a role sees: every case, those of one's offices, or those of offices whose staff is of one's supplier. */
export const REACHES = ['administration', 'offices', 'supplier'] as const;
export type Reach = (typeof REACHES)[number];
