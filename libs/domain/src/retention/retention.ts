import type { CaseKind } from '@filodiretto/contracts/model';
import { KEEP_MERGED_DAYS } from '../relation/relation.js';

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
  /** Files in the messages of a case: since it ended. The words stay as long as the case is kept. */
  'attachment',
  /** What reached us byte for byte, and the record of its delivery: since it came, in no case that is open. */
  'original',
  /** What was said in no case, to citizens and by them: since it was said. */
  'loose_message',
  /** Weekly letters about many cases: since they were written. */
  'weekly_letter',
  /** People of whom no case and no word is kept: since they were known. Whose last case goes, goes with it. */
  'contact',
  /** Whom work was offered to, and what they did with the offer: since it was settled. */
  'offer',
  /** What rules did by themselves: since they did. */
  'automation_run',
  /** What was asked of many cases at once: since it was. */
  'bulk_action',
  /** Absences of people who work here: since they were over. */
  'absence',
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
  term('attachment', 10 * YEAR, 0, TASK),
  term('original', 2 * YEAR, 0, 'Prova di quanto ricevuto; art. 5.2 GDPR'),
  term('loose_message', YEAR, 0, TASK),
  term('weekly_letter', YEAR, 0, 'Organizzazione del lavoro; art. 5.1.e GDPR'),
  term('contact', YEAR, 0, TASK),
  term('offer', YEAR, 0, 'Organizzazione del lavoro; art. 4 L. 300/1970; art. 5.1.e GDPR'),
  term('automation_run', YEAR, 0, 'Art. 5.2 GDPR: responsabilizzazione'),
  term('bulk_action', YEAR, 0, 'Art. 5.2 GDPR: responsabilizzazione'),
  term('absence', YEAR, 0, 'Organizzazione del lavoro; art. 5.1.e GDPR'),
];

/** What is kept for a time that nobody decides, since the work of the system itself says it. */
export interface FixedTerm {
  readonly code: FixedThing;
  /** ISO 8601, the longest; absent: for as long as the administration keeps anything at all. */
  readonly lasts?: string;
  readonly legalBasis: string;
}
export const FIXED_THINGS = [
  /** One-time codes of citizens, by their hashes; sessions of theirs go sooner. */
  'citizen_code',
  /** Sessions of people who work here: since they began, or since they were quiet. */
  'operator_session',
  /** Logins that were begun, and those that a provider ended. */
  'login',
  /** Who has a case in front of them, and who is at work: while they are. */
  'presence',
  /** What a merge of cases put aside to be undone. */
  'merged',
  /** What travels between the services. */
  'bus',
  /** Facts of cases, without words of citizens. */
  'journal',
  /** Who looked at what and who changed what, without words. */
  'trail',
  /** What somebody agreed to, by ids and codes. */
  'consent',
  /** Receipts of erasures, by count. */
  'erasure',
] as const;
export type FixedThing = (typeof FIXED_THINGS)[number];

const PROOF = 'Art. 5.2 GDPR: responsabilizzazione';
const SECURITY = 'Art. 32 GDPR: sicurezza del trattamento';
export const FIXED_RETENTION: readonly FixedTerm[] = [
  { code: 'citizen_code', lasts: 'P1D', legalBasis: SECURITY },
  { code: 'operator_session', lasts: 'P7D', legalBasis: SECURITY },
  { code: 'login', lasts: 'P1D', legalBasis: SECURITY },
  { code: 'presence', lasts: 'P0D', legalBasis: 'Organizzazione del lavoro' },
  { code: 'merged', lasts: `P${KEEP_MERGED_DAYS}D`, legalBasis: 'Correzione degli errori; art. 5.1.d GDPR' },
  { code: 'bus', lasts: 'P14D', legalBasis: 'Continuità del servizio' },
  { code: 'journal', legalBasis: PROOF },
  { code: 'trail', legalBasis: PROOF },
  { code: 'consent', legalBasis: 'Art. 7.1 GDPR: prova del consenso' },
  { code: 'erasure', legalBasis: PROOF },
];

/** How many cases, and how many of each thing, go in one night where nothing else was decided. */
export const RETENTION_MOST = 2_000;

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
