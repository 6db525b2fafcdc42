/** The three faces. */
export const FACES = ['bad', 'fair', 'good'] as const;
export type Face = (typeof FACES)[number];

/** Where whoever gave less than four stars met difficulties, and what whoever gave four or more liked: the fixed answers of municipal sites. */
export const DIFFICULTIES = [
  'unclear_indications',
  'incomplete_indications',
  'unsure_of_progress',
  'technical_problems',
  'other_difficulty',
] as const;
export const MERITS = [
  'clear_indications',
  'complete_indications',
  'sure_of_progress',
  'no_technical_problems',
  'other_merit',
] as const;
export const SURVEY_REASONS = [...DIFFICULTIES, ...MERITS] as const;
export type SurveyReason = (typeof SURVEY_REASONS)[number];
