import type { MediaPart } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import type { Case, FieldValues, OpenTask, ToldField } from '@filodiretto/domain';
import type { Routed } from '../routing/follow-cases.js';
import type { CaseFile } from './case-file.entity.js';

/** What a new case has that the rules do not look at. */
export interface NewCase {
  /** What the citizen asks, in one line. */
  readonly subject: string;
  readonly channel: string | null;
  readonly account: string | null;
  /** SHA-256 of the tracking code given to the citizen. */
  readonly trackingHash: Buffer | null;
  /** What routing decided of it. */
  readonly routed?: Routed | undefined;
  /** What was said when it was opened, for whoever must be told of it before it can be read. */
  readonly said?: Said;
}

/** Words and files with which a case was opened. */
export interface Said {
  readonly words: readonly string[];
  readonly files: readonly MediaPart[];
  /** What it holds in its fields, as letters tell it. */
  readonly fields?: readonly ToldField[];
  /** What a form said that may be of its fields. */
  readonly answers?: FieldValues;
}

/** A row of case_file as the driver gives it, dates as text. */
export const CASE_COLUMNS = 'c.*, c.due_date::text as due_date, c.planned_date::text as planned_date';

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The entity of a raw row read by `CASE_COLUMNS`. */
export const rowOf = (raw: Readonly<Record<string, unknown>>): CaseFile =>
  Object.fromEntries(Object.entries(raw).map(([name, value]) => [camel(name), value])) as unknown as CaseFile;

const at = (date: Date | null) => (date === null ? null : instant(date));
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** The case as the rules see it. */
export const caseOf = (row: CaseFile): Case => ({
  id: row.id,
  administration: row.administrationId,
  number: row.number,
  state: row.state,
  kind: row.kind,
  category: row.categoryId,
  office: row.officeId,
  assignee: row.assigneeId,
  priority: row.priority,
  outcome: row.outcome,
  outcomeReason: row.outcomeReason,
  contact: row.contactId,
  version: row.version,
  dueDate: row.dueDate,
  plannedDate: row.plannedDate,
  refusals: row.refusals,
  ...(row.openTasks.length > 0 ? { tasks: row.openTasks } : {}),
  ...(row.concerned.length > 0 ? { concerned: row.concerned } : {}),
  ...(row.confidentiality === null ? {} : { confidentiality: row.confidentiality }),
  ...(row.chases > 0 && row.chasedAt !== null ? { chases: row.chases, chasedAt: instant(row.chasedAt) } : {}),
  ...(row.givenPolicy === null ? {} : { givenPolicy: row.givenPolicy }),
  openedAt: instant(row.openedAt),
  takenInChargeAt: at(row.takenInChargeAt),
  endedAt: at(row.endedAt),
  lastMessageAt: at(row.lastMessageAt),
  duplicateOf: row.duplicateOf,
  mergedInto: row.mergedInto,
  head: row.incidentHead,
  followUpOf: row.followUpOf,
});

/** The offices that were asked and have not answered. */
const askedOf = (tasks: readonly OpenTask[]): string[] => [
  ...new Set(tasks.flatMap(({ office }) => (office === null ? [] : [office]))),
];

/** The row after the rules' case: what the rules decide comes from them, the rest stays as it was. */
export const nextRow = (
  before: CaseFile | undefined,
  opening: NewCase,
  state: Case,
  written: { journalHash: Buffer; updatedAt: Date; changedVersion: number },
): CaseFile => ({
  subject: before?.subject ?? opening.subject,
  channel: before ? before.channel : opening.channel,
  account: before ? before.account : opening.account,
  trackingHash: before ? before.trackingHash : opening.trackingHash,
  nextDueAt: before?.nextDueAt ?? null,
  id: state.id,
  administrationId: state.administration,
  number: state.number,
  state: state.state,
  kind: state.kind,
  categoryId: state.category,
  officeId: state.office,
  assigneeId: state.assignee,
  priority: state.priority,
  outcome: state.outcome,
  outcomeReason: state.outcomeReason,
  contactId: state.contact,
  version: state.version,
  dueDate: state.dueDate,
  plannedDate: state.plannedDate,
  refusals: state.refusals,
  openTasks: state.tasks ?? [],
  concerned: state.concerned ?? [],
  asked: askedOf(state.tasks ?? []),
  confidentiality: state.confidentiality ?? null,
  chases: state.chases ?? 0,
  chasedAt: dateOf(state.chasedAt ?? null),
  givenPolicy: state.givenPolicy ?? null,
  openedAt: new Date(state.openedAt),
  takenInChargeAt: dateOf(state.takenInChargeAt),
  endedAt: dateOf(state.endedAt),
  lastMessageAt: dateOf(state.lastMessageAt),
  duplicateOf: state.duplicateOf,
  mergedInto: state.mergedInto,
  incidentHead: state.head,
  followUpOf: state.followUpOf,
  ...written,
});
