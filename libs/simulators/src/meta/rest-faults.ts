import { GraphError } from './graph-error.js';

/** Something that goes wrong with the next calls to the REST side. */
export interface RestFault {
  /** Which calls: the last word of their path. */
  readonly on: 'messages' | 'media' | 'download' | 'comments' | 'any';
  times: number;
  readonly kind:
    /** An error in the provider's shape. */
    | 'error'
    /** A bare status, without the provider's error. */
    | 'bare'
    /** Carried out, but the answer never comes. */
    | 'no_answer'
    /** Accepted; a status says later that it failed. */
    | 'failed_status';
  readonly status?: number;
  readonly code?: number;
  readonly subcode?: number;
  readonly details?: string;
  readonly retryAfter?: number;
}

/** The faults waiting to happen, in order. */
export class RestFaults {
  private readonly waiting: RestFault[] = [];

  add(fault: Omit<RestFault, 'times'> & { times?: number }): void {
    this.waiting.push({ ...fault, times: fault.times ?? 1 });
  }
  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault of this call, used up. */
  take(on: RestFault['on'], ...kinds: readonly RestFault['kind'][]): RestFault | undefined {
    const fault = this.waiting.find(
      one => one.times > 0 && (one.on === on || one.on === 'any') && (kinds.length === 0 || kinds.includes(one.kind)),
    );
    if (fault) fault.times -= 1;
    return fault;
  }

  /** Throws when this call is to be refused. */
  refuse(on: RestFault['on']): void {
    const fault = this.take(on, 'error');
    if (fault)
      throw new GraphError(fault.status ?? 400, fault.code ?? 131000, 'Simulated fault', {
        details: fault.details ?? 'A fault asked for by the test',
        ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
        ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
      });
  }
}
