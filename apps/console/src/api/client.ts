import { createClient, type Schemas } from '@filodiretto/api-client';
import { Refusal } from './refusal.js';

export type { Schemas } from '@filodiretto/api-client';
export { onceKey } from './once-key.js';
export { Refusal } from './refusal.js';

/** The API, asked as whoever is logged in in this browser. */
export const api = createClient({ baseUrl: globalThis.location.origin });

type Problem = Schemas['ProblemView'];

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function refusalOf(status: number, error: unknown): Refusal {
  if (!isProblem(error)) return new Refusal(status, 'internal-error', undefined, undefined);
  return new Refusal(status, error.type.replace('/problems/', ''), error.detail, error);
}

/** What the API answered. Throws a `Refusal` for a problem, and when nobody answers. */
export async function taken<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (fault) {
    // A request that was given up is no refusal: whoever gave it up knows.
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    throw new Refusal(0, 'unreachable', undefined, undefined);
  }
  if (!answer.response.ok) throw refusalOf(answer.response.status, answer.error);
  return answer.data as T;
}

/** `If-Match` of a version that was read. */
export const versionTag = (version: number): string => `"${version}"`;
