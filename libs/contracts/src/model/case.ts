/** The thirteen states of a case. Stored values: never renamed. */
export const CASE_STATES = [
  'received',
  'triage',
  'assigned',
  'in_charge',
  'scheduled',
  'waiting_citizen',
  'waiting_third',
  'suspended',
  'resolved',
  'closed',
  'rejected',
  'duplicate',
  'withdrawn',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** States in which the matter is over; every other state is open. */
export const ENDED_STATES = ['resolved', 'closed', 'rejected', 'duplicate', 'withdrawn'] as const;
export type EndedState = (typeof ENDED_STATES)[number];

/** What sort of case it is; neither its category (what routing looks at) nor its topic (what statistics group by). */
export const CASE_KINDS = [
  'information',
  'assistance',
  'report',
  'accessibility_report',
  'complaint',
  'suggestion',
  'praise',
  'proceeding',
  'document_access',
  'civic_access',
  'foia',
  'data_subject_request',
  'improvement_proposal',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** What a rule names that may be in use no more. */
export const NAMED_THINGS = ['category', 'area', 'office'] as const;
export type NamedThing = (typeof NAMED_THINGS)[number];

/** What somebody does with a case that they have before them. */
export const DOINGS = ['viewing', 'writing'] as const;
export type Doing = (typeof DOINGS)[number];

/** What somebody has begun to write in a case. */
export const DRAFT_KINDS = ['reply', 'note'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const OUTCOMES = ['positive', 'partial', 'negative', 'not_applicable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The reasons shipped for each outcome; an administration adds, never renames. */
export const OUTCOME_REASONS = {
  positive: ['done', 'information_given', 'already_solved', 'granted'],
  partial: ['partly_done', 'partly_granted'],
  negative: ['refused', 'unfounded', 'not_feasible', 'no_resources'],
  not_applicable: ['no_answer_from_citizen', 'rejected', 'duplicate', 'withdrawn'],
} as const satisfies Record<Outcome, readonly string[]>;

export const REJECT_REASONS = [
  'outside_competence',
  'abusive',
  'anonymous_not_accepted',
  'incomplete',
  'belongs_to_112',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What may be asked of a case; imperative. */
export const CASE_COMMANDS = [
  'open',
  'startTriage',
  'assign',
  'takeCharge',
  'refuseCompetence',
  'schedule',
  'askCitizen',
  'askThird',
  'suspend',
  'resume',
  'extend',
  'interrupt',
  'resolve',
  'close',
  'reject',
  'markDuplicate',
  'withdraw',
  'reopen',
] as const;
export type CaseCommand = (typeof CASE_COMMANDS)[number];

/** What happened to a case; past tense, as the journal stores it. */
export const CASE_FACTS = [
  'opened',
  'triaged',
  'assigned',
  'reassigned',
  'taken_in_charge',
  'competence_refused',
  'scheduled',
  'paused',
  'suspended',
  'resumed',
  'extended',
  'interrupted',
  'resolved',
  'closed',
  'rejected',
  'marked_duplicate',
  'withdrawn',
  'reopened',
  'priority_changed',
  'category_changed',
  'kind_changed',
  'message_received',
  'reply_queued',
  'reply_withdrawn',
  'note_added',
  'delivery_failed',
  'call_recorded',
  'letter_queued',
  'letter_delayed',
  'office_answered',
  'answer_set_aside',
  'asked',
  'task_answered',
  'task_refused',
  'task_extended',
  'task_cancelled',
  'deadline_warned',
  'deadline_breached',
  'deadline_recounted',
  'reminded',
  'escalated',
  'chased',
  'erased',
  'linked',
  'unlinked',
  'merged',
  'merged_into',
  'unmerged',
  'split',
  'split_from',
  'attached',
  'detached',
  'members_attached',
  'members_detached',
  'announced',
  'located',
  'tagged',
  'untagged',
  'fields_changed',
  'substituted',
  'confidentiality_changed',
  'glass_broken',
] as const;
export type CaseFact = (typeof CASE_FACTS)[number];

/** Where what is said may be seen. */
export const VISIBILITIES = ['public', 'parties', 'internal'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Who said where a case is. */
export const PLACE_SOURCES = ['message', 'form', 'operator'] as const;
export type PlaceSource = (typeof PLACE_SOURCES)[number];
