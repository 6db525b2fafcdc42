import { SHIPPED_LEVELS, type ConfidentialityLevel, type Role } from '@filodiretto/contracts/model';

/** A level as an administration decided it. */
export interface LevelRow {
  readonly code: string;
  readonly name: string;
  readonly offices: readonly string[];
  readonly roles: readonly Role[];
  readonly version: number;
}

/** The levels of an administration: those shipped, as it changed them, and its own. */
export const levelsOf = (rows: readonly LevelRow[]): (ConfidentialityLevel & { readonly version: number })[] => {
  const decided = new Map(rows.map(row => [row.code, row]));
  const shipped = SHIPPED_LEVELS.filter(({ code }) => !decided.has(code)).map(level => ({ ...level, version: 1 }));
  return [...shipped, ...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
};
