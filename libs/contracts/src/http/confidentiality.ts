import { Ids, ListOf, ManyOf, Text, Whole } from '../fields.js';
import { ROLES, type Role } from '../model.js';

const CODE = { max: 100, pattern: /^[a-z][a-z0-9_-]*$/, example: 'minors' } as const;
const OFFICES = 'Offices that may know of such cases, besides those that hold one or were asked about it';
const WHO = 'Roles that may know of such cases wherever they are';

/** Why not everybody may know of a case, and who may all the same. */
export class LevelView {
  @Text('Code', CODE) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'Minori' }) readonly name: string;
  @Ids(OFFICES, { max: 1_000, example: [] }) readonly offices: string[];
  @ManyOf(WHO, ROLES, { example: ['cabinet_operator'] }) readonly roles: Role[];
  @Whole('Its version', { min: 1 }) readonly version: number;
}
export class LevelList {
  @ListOf('All of them, by code', () => LevelView, { max: 1_000 }) readonly items: LevelView[];
}
/** Decides a level, or makes one of a new code. */
export class WriteLevel {
  @Text('As people see it (Italian)', { max: 200, example: 'Minori' }) readonly name: string;
  @Ids(OFFICES, { max: 1_000, example: ['0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70'] }) readonly offices: string[];
  @ManyOf(WHO, ROLES, { example: ['cabinet_operator'] }) readonly roles: Role[];
}
/** Says who may know of a case. */
export class SetConfidentiality {
  @Text('Code of the level; absent: everybody who sees the case by their offices may know of it', { ...CODE, optional: true })
  readonly level?: string;
  @Text('Why', { max: 2_000, example: 'Riguarda un minore' }) readonly reason: string;
}
