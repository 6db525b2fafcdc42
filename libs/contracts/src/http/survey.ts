import { Decimal, InstantField, ListOf, ManyOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import { FACES, SURVEY_REASONS, type Face, type SurveyReason } from '../model.js';
import { OfficeRef } from './refs.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** How a citizen found the service of a case, as long as they may say it. */
export class RatingView {
  @InstantField('Until when it can be said, and changed') readonly until: string;
  @Whole('Stars, when they were given', { min: 1, max: 5, optional: true, example: 4 }) readonly stars?: number;
  @OneOf('Face, when one was chosen', FACES, { optional: true, example: 'good' }) readonly face?: Face;
  @ManyOf('What was difficult, or what they liked', SURVEY_REASONS) readonly reasons: SurveyReason[];
  @Text('In their own words', { max: 1_000, optional: true, example: 'Risposta veloce.' }) readonly comment?: string;
}
/** Rates the service of a case; said again, it changes what was said. */
export class RateService {
  @Text('The tracking code of the case', { max: 200, example: 'K7QF-2M9X' }) readonly code: string;
  @Whole('«Quanto è stato facile usare questo servizio?»', { min: 1, max: 5, example: 4 }) readonly stars: number;
  @OneOf('One of the three faces', FACES, { optional: true, example: 'good' }) readonly face?: Face;
  @ManyOf('Below four stars what was difficult, from four on what they liked', SURVEY_REASONS, { optional: true, example: ['clear_indications'] })
  readonly reasons?: SurveyReason[];
  @Text('In their own words', { max: 1_000, optional: true, example: 'Risposta veloce.' }) readonly comment?: string;
}

/** A stretch of days, both included, by the clock of Italy. */
export class SurveyReportQuery {
  @Text('First day; absent: 89 days before the last', { max: 10, pattern: DATE, optional: true, example: '2026-03-01' })
  readonly from?: string;
  @Text('Last day; absent: today', { max: 10, pattern: DATE, optional: true, example: '2026-05-31' }) readonly to?: string;
}
/** How often something was chosen. */
export class ChosenCount {
  @Text('What', { max: 60, example: 'clear_indications' }) readonly what: string;
  @Whole('How often', { example: 12 }) readonly count: number;
}
/** What citizens said of the cases of an office. */
export class OfficeSurvey {
  @One('The office that held the cases when they were rated', () => OfficeRef) readonly office: OfficeRef;
  @Whole('Ratings', { min: 5, example: 31 }) readonly ratings: number;
  @Decimal('Stars, on average, with two decimals', { min: 1, max: 5, example: 4.2 }) readonly stars: number;
  @ListOf('How often each number of stars was given, and each face and reason chosen', () => ChosenCount, { max: 30 })
  readonly counts: ChosenCount[];
  @Texts('What they said in their own words, in no order; the personal data they wrote are theirs', { max: 200, maxLength: 1_000 })
  readonly comments: string[];
}
/** What citizens said, office by office; never fewer than five together. */
export class SurveyReport {
  @ListOf('Offices with five ratings or more, the lowest stars first', () => OfficeSurvey, { max: 10_000 }) readonly items: OfficeSurvey[];
  @Whole('Ratings of offices that have fewer than five, of which nothing is shown', { example: 3 }) readonly withheld: number;
}
