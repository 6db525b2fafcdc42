import { PROBLEMS, type ProblemName } from '@filodiretto/contracts';

/** One thing to put right. `pointer` is a JSON pointer into what was sent. */
export interface Mistake {
  readonly pointer: string;
  readonly detail: string;
}
/** A refusal or a fault, as RFC 9457 says it. Titles are for the operator; details are for the citizen. */
export interface Problem {
  readonly name: ProblemName;
  readonly detail: string;
  readonly errors?: readonly Mistake[];
  /** Seconds. */
  readonly retryAfter?: number;
}

export const problemAnswer = ({ name, detail, errors, retryAfter }: Problem): Response => {
  const { status, title } = PROBLEMS[name];
  return new Response(
    JSON.stringify({ type: `/problems/${name}`, title, status, detail, ...(errors ? { errors } : {}) }),
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      },
    },
  );
};
