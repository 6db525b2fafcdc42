/** Where a question to another office stands. Stored values: never renamed. */
export const TASK_STATES = ['open', 'answered', 'refused', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What may be done with one that is open. */
export const TASK_MOVES = ['answer', 'extend', 'refuse', 'cancel'] as const;
export type TaskMove = (typeof TASK_MOVES)[number];
