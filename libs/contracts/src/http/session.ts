import { Flag, Id, InstantField, ListOf, Text, Whole } from '../fields.js';

/** Somebody is logged in by a browser. */
export class SessionView {
  @Id('Session') readonly id: string;
  @InstantField('Logged in at') readonly beganAt: string;
  @InstantField('Last used at, to the minute') readonly usedAt: string;
  @InstantField('Ends at, however busy it is') readonly expiresAt: string;
  @Flag('It is the one that asks') readonly current: boolean;
  @Text('What the browser calls itself', { max: 200, optional: true, example: 'Mozilla/5.0 (X11; Linux x86_64)' })
  readonly userAgent?: string;
}
export class SessionList {
  @ListOf('Sessions', () => SessionView, { max: 1_000 }) readonly items: SessionView[];
  @Whole('How many one person may have at once; when one more begins, the oldest ends', { min: 1 }) readonly most: number;
}
