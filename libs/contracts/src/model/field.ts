/** What a field of the administration's own holds. */
export const FIELD_TYPES = ['text', 'number', 'date', 'choice', 'choices', 'yes_no'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** When a field must be filled: never, when the case is opened by hand, or before it is resolved. */
export const FIELD_REQUIRED = ['never', 'opening', 'closing'] as const;
export type FieldRequired = (typeof FIELD_REQUIRED)[number];
