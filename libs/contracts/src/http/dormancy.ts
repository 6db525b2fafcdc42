import { Flag, InstantField, ListOf, One, Whole } from '../fields.js';
import { OfficeRef, OperatorRef } from './refs.js';

/** Somebody who has not been seen for as many days as the administration decided. */
export class DormantOperator {
  @One('Who', () => OperatorRef) readonly operator: OperatorRef;
  @One('Their main office', () => OfficeRef) readonly office: OfficeRef;
  @InstantField('When they last logged in or used a link; absent: never', { optional: true }) readonly lastSeenAt?: string;
  @InstantField('Since when what is given to them goes to who stands in') readonly since: string;
}
/** An office that holds cases of which nobody touched anything. */
export class DormantOffice {
  @One('Which', () => OfficeRef) readonly office: OfficeRef;
  @InstantField('When somebody last acted for it by a link; absent: never', { optional: true }) readonly lastActedAt?: string;
  @InstantField('Since when what is given to it goes to who stands in') readonly since: string;
  @Whole('Open cases it holds', { example: 4 }) readonly openCases: number;
}
export class DormancyView {
  @ListOf('People, the longest first', () => DormantOperator, { max: 10_000 }) readonly operators: DormantOperator[];
  @Flag('Whether people are not shown one by one, since no authorisation to do so holds (art. 4 L. 300/1970)')
  readonly operatorsWithheld: boolean;
  @ListOf('Offices, the longest first', () => DormantOffice, { max: 10_000 }) readonly offices: DormantOffice[];
}
