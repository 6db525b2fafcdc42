/** The process's log, for injection. */
export const LOG = Symbol('log');
