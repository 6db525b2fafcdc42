import type { CaseKind } from '@filodiretto/contracts/model';

/** What is kept for a while besides cases, by the moment from which its time runs. */
export const KEPT_THINGS = [
  /** Recordings and voice messages of calls: since the message. */
  'recording',
  /** What somebody searched: since they did. */
  'searched_words',
  /** What could not be taken in and was settled: since then. */
  'parked',
  /** Files brought and never sent: since they were. */
  'upload',
  /** What operators began to write and never sent: since it was last saved. */
  'draft',
  /** Prints of requests, by which the same request is known: since it came. */
  'idempotency',
  /** News of messages that never came: since it did. */
  'early_progress',
] as const;
export type KeptThing = (typeof KEPT_THINGS)[number];

/** For how long something is kept, and why. */
export interface RetentionTerm {
  /** `case.<kind>`, `category.<id>` or one of `KEPT_THINGS`. For cases the time runs from their end. */
  readonly code: string;
  readonly months: number;
  readonly days: number;
  /** Whether a duty has it kept so long even when the citizen asks to be erased (GDPR, art. 17.3.b). */
  readonly duty: boolean;
  readonly legalBasis: string;
}

const term = (code: string, months: number, days: number, legalBasis: string, duty = false): RetentionTerm => ({
  code,
  months,
  days,
  duty,
  legalBasis,
});
const TASK = 'Art. 6.1.e GDPR: compito di interesse pubblico; limitazione della conservazione, art. 5.1.e';
const PAPERS = 'Massimario di selezione e scarto; art. 17.3.b e 17.3.d GDPR';
const YEAR = 12;

const CASES: Readonly<Record<CaseKind, RetentionTerm>> = {
  information: term('case.information', YEAR, 0, TASK),
  assistance: term('case.assistance', YEAR, 0, TASK),
  praise: term('case.praise', YEAR, 0, TASK),
  suggestion: term('case.suggestion', 5 * YEAR, 0, TASK),
  improvement_proposal: term('case.improvement_proposal', 5 * YEAR, 0, TASK),
  report: term('case.report', 5 * YEAR, 0, TASK),
  accessibility_report: term('case.accessibility_report', 5 * YEAR, 0, TASK),
  complaint: term('case.complaint', 5 * YEAR, 0, TASK),
  proceeding: term('case.proceeding', 10 * YEAR, 0, PAPERS, true),
  document_access: term('case.document_access', 10 * YEAR, 0, PAPERS, true),
  civic_access: term('case.civic_access', 10 * YEAR, 0, PAPERS, true),
  foia: term('case.foia', 10 * YEAR, 0, PAPERS, true),
  data_subject_request: term('case.data_subject_request', 5 * YEAR, 0, 'Art. 5.2 GDPR: responsabilizzazione'),
};

/** What holds where an administration decided nothing: to be confirmed by whoever answers for it. */
export const SHIPPED_RETENTION: readonly RetentionTerm[] = [
  ...Object.values(CASES),
  term('recording', 0, 90, 'Art. 5.1.e GDPR; art. 4 L. 300/1970'),
  term('searched_words', YEAR, 0, 'Registro degli accessi; art. 5.2 GDPR'),
  term('parked', 0, 90, 'Continuità del servizio'),
  term('upload', 0, 30, 'Bozze non inviate'),
  term('draft', 0, 30, 'Bozze non inviate'),
  term('idempotency', 0, 30, 'Sicurezza delle richieste ripetute'),
  term('early_progress', 0, 30, 'Continuità del servizio'),
];

/** The terms of an administration: those it decided, and the shipped ones that it did not. */
export function retentionTerms(decided: readonly RetentionTerm[]): RetentionTerm[] {
  const own = new Set(decided.map(one => one.code));
  return [...decided, ...SHIPPED_RETENTION.filter(one => !own.has(one.code))].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

/** Whether a term of this code can be decided; a category is looked for elsewhere. */
export const isRetentionCode = (code: string): boolean =>
  SHIPPED_RETENTION.some(one => one.code === code) || /^category\.[0-9a-f-]{36}$/.test(code);
