import { ListOf, OneOf, Text, Whole } from '../fields.js';

export const IMPORT_MODES = ['preview', 'apply'] as const;

/** How a file is taken in. */
export class ImportQuery {
  @OneOf('`preview`: says what would happen, and changes nothing. `apply`: all of it, or nothing', IMPORT_MODES, {
    optional: true,
    example: 'preview',
  })
  readonly mode?: (typeof IMPORT_MODES)[number];
}
/** How a file of the public index of administrations is taken in. */
export class IpaImportQuery extends ImportQuery {
  @Text('`Codice_IPA` whose rows are taken; absent: that of the administration', { max: 100, optional: true, example: 'c_a944' })
  readonly administration?: string;
}

/** What is wrong with a row of a file. */
export class RowProblem {
  @Whole('Line of the file, 1 being that of the names', { min: 1, example: 4 }) readonly line: number;
  @Text('Column', { max: 100, optional: true, example: 'parent' }) readonly column?: string;
  @Text('What is wrong', { max: 2_000, example: 'there is no office with this code' }) readonly detail: string;
}
/** A row that changes something. */
export class RowChange {
  @Whole('Line of the file, 1 being that of the names', { min: 1, example: 2 }) readonly line: number;
  @Text('Code', { max: 200, example: 'anagrafe' }) readonly code: string;
  @OneOf('What happens', ['made', 'changed'], { example: 'made' }) readonly change: 'made' | 'changed';
}
/** What a file does, or would do. */
export class ImportReport {
  @OneOf('Whether it was done', IMPORT_MODES, { example: 'preview' }) readonly mode: (typeof IMPORT_MODES)[number];
  @Whole('Rows read', { example: 120 }) readonly rows: number;
  @Whole('Rows that make something', { example: 3 }) readonly made: number;
  @Whole('Rows that change something', { example: 5 }) readonly changed: number;
  @Whole('Rows that are so already', { example: 110 }) readonly unchanged: number;
  @Whole('Rows that are not for this administration', { example: 2 }) readonly skipped: number;
  @ListOf('What changes, at most the first thousand', () => RowChange, { max: 1_000 }) readonly changes: RowChange[];
  @ListOf('What is wrong, at most the first two hundred: as long as there is anything, nothing is done', () => RowProblem, {
    max: 200,
  })
  readonly problems: RowProblem[];
}
