/** A question put to another office, or to a body outside, that nobody has answered yet. */
export interface OpenTask {
  readonly id: string;
  /** Null when a body outside was asked. */
  readonly office: string | null;
  /** ISO 8601 date: the last day on which the answer is in time. */
  readonly dueDate: string;
}
