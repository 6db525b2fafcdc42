import { Flag, Id, Ids, InstantField, ListOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { OFFICE_KINDS, type OfficeKind } from '../model.js';
import { OfficeView } from './organisation.js';
import { OfficeRef, OperatorRef, TopicRef } from './refs.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** An interval of a day of the week, on the office's clock. */
export class OpeningView {
  @Whole('Day of the week: 1 Monday to 7 Sunday', { min: 1, max: 7, example: 1 })
  readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  @Text('From, HH:MM', { max: 5, example: '08:30' }) readonly from: string;
  @Text('To, HH:MM, at most 24:00', { max: 5, example: '12:30' }) readonly to: string;
}
/** When an office is open. */
export class HoursView {
  @Text('On this channel; absent: on all that have no hours of their own', { max: 40, optional: true, example: 'phone' })
  readonly channel?: string;
  @ListOf('Any number of intervals a day. None, on a channel: never open there', () => OpeningView, { max: 200 })
  readonly opening: OpeningView[];
}
/** All hours of an office. None: those of the office above hold. */
export class WriteHours {
  @ListOf('One entry for each channel, and one without', () => HoursView, {
    max: 50,
    example: [{ opening: [{ weekday: 1, from: '08:30', to: '12:30' }] }],
  })
  readonly hours: HoursView[];
}

/** Days on which an office is closed, and all that stands under it. */
export class ClosureView {
  @Id('Closure') readonly id: string;
  @Text('First day', { max: 10, example: '2026-08-14' }) readonly from: string;
  @Text('Last day', { max: 10, example: '2026-08-16' }) readonly to: string;
  @Text('Why, as citizens may read it', { max: 300, example: 'Chiusura estiva' }) readonly reason: string;
}
export class MakeClosure {
  @Text('First day', { max: 10, pattern: DATE, example: '2026-08-14' }) readonly from: string;
  @Text('Last day', { max: 10, pattern: DATE, example: '2026-08-16' }) readonly to: string;
  @Text('Why, as citizens may read it', { max: 300, example: 'Chiusura estiva' }) readonly reason: string;
}

/** Somebody who answers for an office now, with absences and substitutes applied. */
export class ResponsibleView {
  @One('Who', () => OperatorRef) readonly operator: OperatorRef;
  @One('The office that names them: this one or, when nobody of it is there, one above', () => OfficeRef)
  readonly office: OfficeRef;
  @OneOf('By which title', ['named', 'substitute'], { example: 'named' }) readonly as: 'named' | 'substitute';
}
/** Somebody who belongs to an office. */
export class MemberView {
  @One('Who', () => OperatorRef) readonly operator: OperatorRef;
  @Text('Role in this office', { max: 40, example: 'specialist' }) readonly role: string;
  @Whole('Level of answer', { min: 1, max: 3, example: 2 }) readonly tier: number;
  @Flag('Whether it is their main office') readonly main: boolean;
  @Flag('Whether they are away now') readonly away: boolean;
}
/** A supplier or a lot, by name. */
export class NamedRef {
  @Id('Which') readonly id: string;
  @Text('Code', { max: 100, example: 'lotto-1' }) readonly code: string;
  @Text('Name', { max: 300, example: 'Lotto 1: risposta telefonica' }) readonly name: string;
}

/** An office, with all that is known of it. */
export class OfficeDetail extends OfficeView {
  @Whole('Its version', { min: 1 }) readonly version: number;
  @Text('E-mail address', { max: 320, optional: true, example: 'anagrafe@comune.example' }) readonly email?: string;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Text('Where it is', { max: 500, optional: true, example: 'Via Roma 1, piano terra' }) readonly address?: string;
  @Text('Its code in the public index of administrations', { max: 100, optional: true, example: 'UF1ABC' })
  readonly ipaCode?: string;
  @One('Who is named responsible', () => OperatorRef, { optional: true }) readonly responsible?: OperatorRef;
  @ListOf('Who steps in, in order', () => OperatorRef, { max: 100 }) readonly substitutes: OperatorRef[];
  @One('Who is named to step in when terms expire', () => OperatorRef, { optional: true })
  readonly substitutePowerHolder?: OperatorRef;
  @One('Who heads it now', () => ResponsibleView, { optional: true }) readonly head?: ResponsibleView;
  @One('Who heads the department above now', () => ResponsibleView, { optional: true })
  readonly director?: ResponsibleView;
  @One('Supplier its staff belong to', () => NamedRef, { optional: true }) readonly supplier?: NamedRef;
  @One('Lot of the contract its staff belong to', () => NamedRef, { optional: true }) readonly lot?: NamedRef;
  @ListOf('Topics it names', () => TopicRef, { max: 1_000 }) readonly topics: TopicRef[];
  @ListOf('Topics it answers for: its own or, when it names none, those of the office above', () => TopicRef, {
    max: 1_000,
  })
  readonly answersFor: TopicRef[];
  @Text('Patron saint, MM-DD; absent: that of the office above', { max: 5, optional: true, example: '10-04' })
  readonly patronSaint?: string;
  @Flag('Whether its own hours hold on holidays too') readonly openOnHolidays: boolean;
  @Flag('Whether it is written to about what it is given') readonly letters: boolean;
  @ListOf('Hours it says; none: those of the office above', () => HoursView, { max: 50 }) readonly hours: HoursView[];
  @ListOf('Hours that hold for it, its own or those of the office above', () => OpeningView, { max: 200 })
  readonly opening: OpeningView[];
  @Flag('Whether it is open at this moment') readonly open: boolean;
  @ListOf('Its own closures that have not passed', () => ClosureView, { max: 1_000 }) readonly closures: ClosureView[];
  @One('Who answers in its place since it ended', () => OfficeRef, { optional: true }) readonly successor?: OfficeRef;
  @ListOf('Who belongs to it', () => MemberView, { max: 10_000 }) readonly members: MemberView[];
  @Whole('Open cases it holds', {}) readonly openCases: number;
}

/** All that an office says of itself; what is left out is cleared. */
export class WriteOffice {
  @Text('Name', { max: 300, example: 'Anagrafe e Stato civile' }) readonly name: string;
  @OneOf('What it is in the tree', OFFICE_KINDS, { example: 'office' }) readonly kind: OfficeKind;
  @Whole('Level of answer', { min: 1, max: 3, example: 2 }) readonly tier: number;
  @Text('E-mail address', { max: 320, optional: true, pattern: EMAIL, example: 'anagrafe@comune.example' })
  readonly email?: string;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Text('Where it is', { max: 500, optional: true, example: 'Via Roma 1, piano terra' }) readonly address?: string;
  @Text('Its code in the public index of administrations', { max: 100, optional: true, example: 'UF1ABC' })
  readonly ipaCode?: string;
  @Id('Operator responsible', { optional: true }) readonly responsible?: string;
  @Ids('Operators who step in, in order', { max: 20, optional: true }) readonly substitutes?: string[];
  @Id('Operator who steps in when terms expire, for this office and all under it', { optional: true })
  readonly substitutePowerHolder?: string;
  @Id('Supplier its staff belong to', { optional: true }) readonly supplier?: string;
  @Id('Lot of that supplier', { optional: true }) readonly lot?: string;
  @Ids('Topics it answers for', { max: 500, optional: true }) readonly topics?: string[];
  @Text('Patron saint, MM-DD', { max: 5, optional: true, example: '10-04' }) readonly patronSaint?: string;
  @Flag('Whether its own hours hold on holidays too', { optional: true }) readonly openOnHolidays?: boolean;
  @Flag('Whether it is written to about what it is given; absent: as before, at first yes', { optional: true })
  readonly letters?: boolean;
}
export class MakeOffice extends WriteOffice {
  @Text('Code: never changes', { max: 100, pattern: /^[\w.:-]+$/, example: 'anagrafe' }) readonly code: string;
  @Id('The office above') readonly parent: string;
}
export class MoveOffice {
  @Id('The office above, from now on', { example: '0199a3c2-6f10-7c3e-9d52-6a1d2b8e4f70' }) readonly parent: string;
}
export class DeactivateOffice {
  @Text('Why', { max: 500, example: 'Riorganizzazione: delibera 12/2026' }) readonly reason: string;
  @Id('Office that receives its open cases, and answers in its place from now on', { optional: true })
  readonly successor?: string;
}

/** Somebody who can take a citizen straight through at this moment. */
export class OnDutyPerson extends OperatorRef {
  @Whole('Level of answer in that office', { min: 2, max: 3, example: 2 }) readonly tier: number;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Texts('Languages, ISO 639', { max: 50, maxLength: 10, example: ['it', 'en'] }) readonly languages: string[];
  @InstantField('Since when they have been available') readonly since: string;
  @Whole('Matters they have in hand', { min: 0, example: 3 }) readonly inHand: number;
  @One('The member of the office who is away, and for whom they stand in', () => OperatorRef, { optional: true })
  readonly insteadOf?: OperatorRef;
}
/** An office that answers for a topic, and who of it can take a citizen at this moment. */
export class OnDutyOffice extends OfficeRef {
  @Text('E-mail address', { max: 320, optional: true, example: 'tributi@comune.example' }) readonly email?: string;
  @Text('Telephone', { max: 100, optional: true, example: '+39 051 000000' }) readonly phone?: string;
  @Text('Where it is', { max: 500, optional: true, example: 'Via Roma 1, piano terra' }) readonly address?: string;
  @Flag('Whether it is open at this moment') readonly open: boolean;
  @ListOf('Who can take a citizen now: nearest level first, then whoever has been free for longest', () => OnDutyPerson, {
    max: 10_000,
  })
  readonly people: OnDutyPerson[];
}
export class OnDutyList {
  @One('The topic', () => TopicRef) readonly topic: TopicRef;
  @ListOf('Every office that answers for it, those where somebody is free first', () => OnDutyOffice, { max: 10_000 })
  readonly items: OnDutyOffice[];
}
/** Who is asked for. */
export class OnDutyQuery {
  @Text('Code of the topic', { max: 100, example: 'tari' }) readonly topic: string;
  @Text('Channel on which the offices must be open; absent: whichever', { max: 40, optional: true, example: 'phone' })
  readonly channel?: string;
}
