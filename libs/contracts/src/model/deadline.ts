/** What is promised, each against a clock of its own. Stored values: never renamed. */
export const DEADLINE_CLOCKS = ['acknowledgement', 'take_charge', 'first_reply', 'resolution', 'task'] as const;
export type DeadlineClock = (typeof DEADLINE_CLOCKS)[number];

/** How time is counted: while the office works, in whole working days, or on the calendar. */
export const TIME_UNITS = ['working_minutes', 'working_hours', 'working_days', 'calendar_days', 'calendar_months'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** What silence means when a term expires. */
export const EFFECTS_ON_EXPIRY = ['none', 'silent_consent', 'silent_refusal', 'silent_failure'] as const;
export type EffectOnExpiry = (typeof EFFECTS_ON_EXPIRY)[number];

/** To whom a case that is late goes up, in order. */
export const ESCALATION_STEPS = ['assignee', 'office_head', 'director', 'substitute_power_holder'] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

/** Where a deadline stands. */
export const DEADLINE_STATES = ['running', 'stopped', 'late', 'met', 'met_late', 'void'] as const;
export type DeadlineState = (typeof DEADLINE_STATES)[number];
