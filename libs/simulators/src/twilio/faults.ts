import { RestError } from './rest-error.js';

/** Something the REST API does wrong. */
export interface PhoneFault {
  readonly on: 'calls' | 'messages' | 'media' | 'any';
  /**
   * `error`: refused and not carried out. `bad_gateway`: carried out, answered 502. `no_answer`: carried out, never answered.
   */
  readonly kind: 'error' | 'bad_gateway' | 'no_answer';
  /** Of an `error`. */
  readonly status?: number;
  readonly code?: number;
  readonly times?: number;
}

/** The faults waiting to happen, in order. */
export class PhoneFaults {
  private readonly waiting: (PhoneFault & { left: number })[] = [];

  add(fault: PhoneFault): void {
    this.waiting.push({ ...fault, left: fault.times ?? 1 });
  }
  clear(): void {
    this.waiting.length = 0;
  }
  /** Throws when a request is to be refused. */
  refuse(on: PhoneFault['on']): void {
    const fault = this.take(on, ['error']);
    if (!fault) return;
    const { status = 500 } = fault;
    throw new RestError(status, fault.code ?? (status === 429 ? 20429 : 20500), 'A fault asked for by the test');
  }
  /** What happens to the answer of a request that was carried out. */
  afterwards(on: PhoneFault['on']): PhoneFault['kind'] | undefined {
    return this.take(on, ['bad_gateway', 'no_answer'])?.kind;
  }
  private take(on: PhoneFault['on'], kinds: readonly PhoneFault['kind'][]): PhoneFault | undefined {
    const fault = this.waiting.find(
      one => one.left > 0 && (one.on === on || one.on === 'any') && kinds.includes(one.kind),
    );
    if (fault) fault.left -= 1;
    return fault;
  }
}
