import type { Instant } from '@filodiretto/contracts/model';
import type { Calendar } from '../calendar/calendar.js';
import type { Deadline } from './deadline.js';
import type { DeadlinePolicy, PolicyRequest } from './policy.js';

/** A deadline of a case, with the version of the policy under which it began and the office whose calendar counts. */
export interface Kept {
  /** Null before it is stored. */
  readonly id: string | null;
  readonly deadline: Deadline;
  readonly policy: DeadlinePolicy;
  readonly office: string | null;
  /** The question to another office that it is about; its term is not the case's. */
  readonly task?: string;
}

/** What an administration promises, and when its offices work. */
export interface PromiseBook {
  policy(request: PolicyRequest, at: Instant): DeadlinePolicy | undefined;
  calendar(office: string | null): Calendar;
}
