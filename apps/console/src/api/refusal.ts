import type { Schemas } from '@filodiretto/api-client';

type Problem = Schemas['ProblemView'];

/** The API said no, or could not be asked. */
export class Refusal extends Error {
  constructor(
    /** HTTP status; 0: nobody answered. */
    readonly status: number,
    /** Name of the problem, as in the catalogue of the API; `unreachable` when nobody answered. */
    readonly problem: string,
    /** What happened this time, in the words of the API. */
    readonly detail: string | undefined,
    /** What else the API said. */
    readonly body: Problem | undefined,
  ) {
    super(detail ?? problem);
  }

  /** What is wrong with a field, by its JSON pointer. */
  mistakeOf(pointer: string): string | undefined {
    return this.body?.errors?.find(error => error.pointer === pointer)?.detail;
  }
}
