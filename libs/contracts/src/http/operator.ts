import { Flag, Id, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { ROLES, type Role } from '../model.js';
import { OperatorView } from './organisation.js';
import { OfficeRef, OperatorRef } from './refs.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** That an operator belongs to an office. */
export class MembershipView {
  @One('Office', () => OfficeRef) readonly office: OfficeRef;
  @Text('Role there', { max: 40, example: 'specialist' }) readonly role: string;
  @Whole('Level of answer there', { min: 1, max: 3, example: 2 }) readonly tier: number;
  @Flag('Whether it is their main office') readonly main: boolean;
  @Flag('Whether a claim of the identity provider gives it: it is changed there') readonly fromProvider: boolean;
}
/** A time in which an operator is not there, and who stands in. It never says why. */
export class AbsenceView {
  @Id('Absence') readonly id: string;
  @InstantField('From') readonly from: string;
  @InstantField('Until') readonly to: string;
  @One('Who stands in', () => OperatorRef, { optional: true }) readonly substitute?: OperatorRef;
}

/** An operator, with all that is known of them. */
export class OperatorDetail extends OperatorView {
  @Flag('Whether a claim of the identity provider gives the role: it is changed there') readonly roleFromProvider: boolean;
  @Whole('Their version', { min: 1 }) readonly version: number;
  @Text('E-mail address', { max: 320, optional: true, example: 'anna.riva@comune.example' }) readonly email?: string;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Texts('Languages, ISO 639', { max: 50, maxLength: 10, example: ['it', 'en'] }) readonly languages: string[];
  @ListOf('Where they belong, the main office first', () => MembershipView, { max: 1_000 })
  readonly memberships: MembershipView[];
  @ListOf('Absences that have not passed', () => AbsenceView, { max: 1_000 }) readonly absences: AbsenceView[];
  @ListOf('Offices that name them responsible', () => OfficeRef, { max: 10_000 }) readonly responsibleFor: OfficeRef[];
  @Whole('Open cases assigned to them', {}) readonly openCases: number;
}

export class WriteMembership {
  @Id('Office') readonly office: string;
  @OneOf('Role there', ROLES, { example: 'specialist' }) readonly role: Role;
  @Whole('Level of answer there', { min: 1, max: 3, example: 2 }) readonly tier: number;
}
/** All that is known of an operator; what is left out is cleared. */
export class WriteOperator {
  @Text('Name', { max: 300, example: 'Anna Riva' }) readonly name: string;
  @OneOf('Role', ROLES, { example: 'urp_referent' }) readonly role: Role;
  @Id('Main office') readonly office: string;
  @Text('E-mail address', { max: 320, optional: true, pattern: EMAIL, example: 'anna.riva@comune.example' })
  readonly email?: string;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Texts('Languages, ISO 639', { max: 50, maxLength: 10, optional: true, example: ['it', 'en'] })
  readonly languages?: string[];
  @ListOf('Where they belong. The main office need not be said: they belong to it', () => WriteMembership, {
    max: 100,
    optional: true,
  })
  readonly memberships?: WriteMembership[];
}
export class MakeOperator extends WriteOperator {
  @Text('Code: never changes', { max: 100, pattern: /^[\w.@:-]+$/, example: 'anna.riva' }) readonly code: string;
}
export class MakeAbsence {
  @InstantField('From', { example: '2026-08-03T00:00:00+02:00' }) readonly from: string;
  @InstantField('Until', { example: '2026-08-17T00:00:00+02:00' }) readonly to: string;
  @Id('Operator who stands in', { optional: true }) readonly substitute?: string;
}
