/** A reason why a tool cannot go on, in words for the person at the terminal: printed as it is, without a stack. */
export class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
}

/** What to show of any thrown value. */
export const wordsOf = (error: unknown): string => {
  if (error instanceof CannotGoOn) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Says one line of progress to the person at the terminal. */
export type Tell = (line: string) => void;

/** Progress goes to stderr: stdout belongs to the result. */
export const tell: Tell = line => process.stderr.write(`${line}\n`);

/** The code that the system gives an error, ESRCH for one. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
