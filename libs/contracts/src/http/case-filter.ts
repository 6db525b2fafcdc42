import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Flag, Id, InstantField, OneOf, Text } from '../fields.js';
import { CASE_KINDS, CASE_STATES, PRIORITIES, type CaseKind, type CaseState, type Priority } from '../model.js';

/** Yes or no, in a query's words too. */
const YesOrNo = (description: string): PropertyDecorator =>
  applyDecorators(
    Flag(description, { optional: true }),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
  );

/** Which cases. Every filter given must hold. */
export class CaseFilter {
  @Id('Office that answers', { optional: true }) readonly office?: string;
  @YesOrNo('Only those of the office of who asks') readonly ofMyOffice?: boolean;
  @OneOf('State', CASE_STATES, { optional: true, example: 'assigned' }) readonly state?: CaseState;
  @YesOrNo('Only the open ones, or only the ended ones') readonly open?: boolean;
  @Id('Operator it is assigned to', { optional: true }) readonly assignee?: string;
  @YesOrNo('Only those assigned to who asks') readonly assignedToMe?: boolean;
  @YesOrNo('Only those that are assigned to nobody, or only those that are') readonly unassigned?: boolean;
  @Text('Channel it was opened on', { max: 40, optional: true, example: 'email' }) readonly channel?: string;
  @OneOf('Kind', CASE_KINDS, { optional: true }) readonly kind?: CaseKind;
  @OneOf('Priority', PRIORITIES, { optional: true }) readonly priority?: Priority;
  @Id('Category', { optional: true }) readonly category?: string;
  @Id('Contact', { optional: true }) readonly contact?: string;
  @Id('Area that its place is in', { optional: true }) readonly area?: string;
  @Id('Tag', { optional: true }) readonly tag?: string;
  @Text('Code of a field of the category, which holds `fieldValue`, or anything', { max: 50, optional: true, example: 'tipo_lampada' })
  readonly field?: string;
  @Text('What the field holds: a text, a number, a date, `true` or `false`, or one of its choices', {
    max: 500,
    optional: true,
    example: 'led',
  })
  readonly fieldValue?: string;
  @YesOrNo('Only the confidential ones, or only the others') readonly confidential?: boolean;
  @YesOrNo('Only those that who asks follows') readonly followedByMe?: boolean;
  @Text('Number of the case', { max: 40, optional: true, example: '2026-004217-3' }) readonly number?: string;
  @YesOrNo('Only those of which a term has expired, or only those of which none has') readonly late?: boolean;
  @InstantField('With a term that ends before this instant', { optional: true }) readonly dueBefore?: string;
  @InstantField('Opened at this instant or later', { optional: true }) readonly openedFrom?: string;
  @InstantField('Opened before this instant', { optional: true }) readonly openedBefore?: string;
  @Text('Words of its title, of what was said or of who said it, or part of a name, address or number', {
    max: 200,
    optional: true,
    example: 'lampione "via Roma"',
  })
  readonly text?: string;
}
