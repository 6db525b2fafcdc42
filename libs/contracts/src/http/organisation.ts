import { ChannelAnnouncement } from '../channel/manifest.js';
import { Flag, Id, ListOf, ManyOf, One, OneOf, Text, Whole } from '../fields.js';
import { CASE_KINDS, OFFICE_KINDS, PERMISSIONS, type CaseKind, type OfficeKind, type Permission } from '../model.js';
import { OfficeRef, TopicRef } from './refs.js';

/** A node of the tree that answers and holds a queue. */
export class OfficeView {
  @Id('Office') readonly id: string;
  @Id('The node above; absent: it is the administration', { optional: true }) readonly parent?: string;
  @Text('Code', { max: 100, example: 'urp' }) readonly code: string;
  @Text('Name', { max: 300, example: 'Ufficio Relazioni con il Pubblico' }) readonly name: string;
  @OneOf('What it is in the tree', OFFICE_KINDS, { example: 'office' }) readonly kind: OfficeKind;
  @Whole('Level of answer', { min: 1, max: 3, example: 1 }) readonly tier: number;
  @Flag('Whether it still answers; an office that ended holds nothing') readonly active: boolean;
}
export class OfficeList {
  @ListOf('Offices, by name', () => OfficeView, { max: 100_000 }) readonly items: OfficeView[];
}

/** A person who answers citizens. */
export class OperatorView {
  @Id('Operator') readonly id: string;
  @Text('Code', { max: 100, example: 'anna.riva' }) readonly code: string;
  @Text('Name', { max: 300, example: 'Anna Riva' }) readonly name: string;
  @Text('Role', { max: 40, example: 'urp_referent' }) readonly role: string;
  @One('Main office', () => OfficeRef) readonly office: OfficeRef;
  @Flag('Whether they still work here; otherwise nothing opens with their token') readonly active: boolean;
}
export class OperatorList {
  @ListOf('Operators, by name', () => OperatorView, { max: 100_000 }) readonly items: OperatorView[];
}

/** The operator who asks, and their administration. */
export class MeView extends OperatorView {
  @One('Administration', () => OfficeRef) readonly administration: OfficeRef;
  @ManyOf('What their role may do, as far as was decided two seconds ago', PERMISSIONS, { example: ['case.read'] })
  readonly permissions: Permission[];
  @Text('The time zone in which its terms, hours and days are told', { max: 100, example: 'Europe/Rome' }) readonly timeZone: string;
}

/** What routing looks at. */
export class CategoryView {
  @Id('Category') readonly id: string;
  @Text('Code', { max: 100, example: 'strade' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 300, example: 'Strade e marciapiedi' }) readonly label: string;
  @OneOf('Kind its cases usually are', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @One('Office that usually answers', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('Topic that statistics count it under', () => TopicRef, { optional: true }) readonly topic?: TopicRef;
  @Text('Code of the level of who may know of its cases', { max: 100, optional: true }) readonly confidentiality?: string;
  @Flag('Whether it takes new cases; one that is closed stays with those that have it') readonly active: boolean;
  @Whole('Its version', { min: 1 }) readonly version: number;
}
class CategoryWords {
  @Text('Code of the level that its cases get when they get it', { max: 100, optional: true }) readonly confidentiality?: string;
  @Text('As people see it (Italian)', { max: 300, example: 'Strade e marciapiedi' }) readonly label: string;
  @OneOf('Kind its cases usually are', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @Id('Office that usually answers', { optional: true }) readonly office?: string;
  @Id('Topic that statistics count it under', { optional: true }) readonly topic?: string;
}
export class MakeCategory extends CategoryWords {
  @Text('Code: never changes, web forms and routing rules know it', {
    max: 100,
    pattern: /^[a-z0-9][a-z0-9_.:-]*$/,
    example: 'strade',
  })
  readonly code: string;
}
/** All of a category but its code: what is left out is taken away. */
export class WriteCategory extends CategoryWords {
  @Flag('Whether it takes new cases') readonly active: boolean;
}
export class CategoryList {
  @ListOf('Categories, by label', () => CategoryView, { max: 100_000 }) readonly items: CategoryView[];
}

/** A channel, as it says of itself. */
export class ChannelView extends ChannelAnnouncement {
  @Flag('Whether its process said lately that it runs') readonly running: boolean;
}
export class ChannelList {
  @ListOf('Channels, by id', () => ChannelView, { max: 1_000 }) readonly items: ChannelView[];
}
