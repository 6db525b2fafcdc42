/** Why something may not be done. The names are those of the catalogue of problems of the API. */
export type RefusalName =
  'transition-not-allowed' | 'not-allowed' | 'invalid-input' | 'outcome-required' | 'office-in-use';

/** A rule said no: a value, never an exception. */
export interface Refusal {
  readonly refused: RefusalName;
  /** One sentence for the person who asked. */
  readonly detail: string;
  /** RFC 6901, in the command: which fields are not right. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export const isRefusal = (decision: object): decision is Refusal => 'refused' in decision;

export const refuse = (refused: RefusalName, detail: string): Refusal => ({ refused, detail });

/** Refuses one field of the command. */
export const refuseField = (field: string, detail: string, refused: RefusalName = 'invalid-input'): Refusal => ({
  refused,
  detail: `${field}: ${detail}`,
  errors: [{ pointer: `/${field}`, detail }],
});
