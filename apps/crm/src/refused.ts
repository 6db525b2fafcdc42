import type { ProblemName } from '@filodiretto/contracts';

/** An expected no, by its name in the catalogue of problems: a value, never an exception. A refusal of the rules is one too. */
export interface Refused {
  readonly refused: ProblemName;
  /** One sentence for the person who asked. */
  readonly detail: string;
  /** RFC 6901, in what was asked: which fields are not right. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export const isRefused = (result: object): result is Refused => 'refused' in result;

export const refused = (name: ProblemName, detail: string): Refused => ({ refused: name, detail });

/** Refuses one field of what was asked, by its pointer. */
export const refusedField = (pointer: string, detail: string): Refused => ({
  ...refused('invalid-input', `${pointer.slice(1)}: ${detail}`),
  errors: [{ pointer, detail }],
});
