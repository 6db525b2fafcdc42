/** SQLSTATEs that speak of the database itself, not of what was asked of it. */
const SYSTEM = /^(08...|53...|57P0.|58...|25006|40001|40P01|55P03|57014)$/;
/** A database closed to connections is told with the SQLSTATE of a misused object too: only the place that says it tells the two apart. */
const CLOSED = { code: '55000', routine: 'CheckMyDatabase' } as const;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const POOL =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|query runner (was )?already released|Driver not Connected|Cannot use a pool after calling end/i;

/** A write met another of the same thing at the same moment: once more, and it will be seen. */
export class Raced extends Error {}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

/** The database is away or out of means: nothing is wrong with the item at hand, and no attempt may be burnt on it. */
export function isSystemFault(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = causeOf(at), depth += 1) {
    const code = codeOf(at);
    if (code !== undefined && (SYSTEM.test(code) || NETWORK.has(code))) return true;
    if (code === CLOSED.code && 'routine' in at && at.routine === CLOSED.routine) return true;
    if (POOL.test(at.message)) return true;
    if (at instanceof AggregateError && at.errors.some(isSystemFault)) return true;
  }
  return false;
}

/** Two transactions met; the same work succeeds when done again. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Raced || ['40001', '40P01'].includes(codeOf(error) ?? '');

const causeOf = (error: Error): unknown => ('driverError' in error ? error.driverError : error.cause);

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
export const classOf = (error: unknown): string =>
  error instanceof Error ? (codeOf(error) ?? error.constructor.name) : typeof error;
