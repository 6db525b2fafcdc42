import { ListOf, Text, Whole } from '../fields.js';
import { JournalEntryView } from './journal.js';

/** One field that is not right. */
export class FieldProblem {
  @Text('Where, as a JSON pointer (RFC 6901) into what was sent', { max: 500, example: '/text' })
  readonly pointer: string;
  @Text('What is wrong with it', { max: 2_000, example: 'must be at most 1000 characters' }) readonly detail: string;
}

/** Why something was not done (RFC 9457, `application/problem+json`). `type` names it; there is no second code. */
export class ProblemView {
  @Text('Which problem: `/problems/<name>`', { max: 100, example: '/problems/transition-not-allowed' })
  readonly type: string;
  @Text('The problem in a few words', { max: 200, example: 'A case cannot go from here to there' })
  readonly title: string;
  @Whole('HTTP status', { min: 400, max: 599, example: 409 }) readonly status: number;
  @Text('What happened this time', { max: 2_000, optional: true }) readonly detail?: string;
  @Text('Correlation id of the request: quote it to whoever runs the system', { max: 200, optional: true })
  readonly instance?: string;
  @ListOf('The fields that are not right', () => FieldProblem, { max: 200, optional: true })
  readonly errors?: FieldProblem[];
  @Whole('Version of the case now, when another was expected', { min: 1, optional: true }) readonly version?: number;
  @ListOf('What happened to the case since the version that was expected', () => JournalEntryView, {
    max: 500,
    optional: true,
  })
  readonly changes?: JournalEntryView[];
}
