import type { Announcement } from '../announcement.js';
import type { Hunt } from '../line/hunt.js';
import type { Line } from '../line/line.js';
import type { Operators } from '../line/operators.js';
import type { Road } from '../road.js';
import type { PhoneSettings } from '../settings.js';
import type { Parameters } from '../signature.js';
import type { Calls } from './calls.js';
import type { CallState } from './state.js';

/** One request of the provider, its signature verified. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly parameters: Parameters;
  readonly raw: Uint8Array;
}
/** What a request comes to: what is said, the call as it is then, and what the core is told besides. */
export interface Outcome {
  readonly document: string;
  readonly call?: CallState;
  readonly about?: Readonly<Record<string, string>>;
}
/** What answers at an address of ours. */
export interface Route {
  /** The CallSid of the person's call that the request is about; `undefined`: of an operator's leg only, kept and told to nobody. */
  readonly call: (asked: Asked) => string | undefined | Promise<string | undefined>;
  readonly answer: (asked: Asked, call: CallState, now: Date) => Outcome | Promise<Outcome>;
}
/** What answers to a request that is about an operator's leg only. */
interface OperatorRoute {
  readonly answerOperator: (asked: Asked) => Outcome | Promise<Outcome>;
}
export type Routes = Readonly<Record<string, Route | OperatorRoute>>;

/** What the answers need. */
export interface Desk {
  readonly config: PhoneSettings;
  readonly road: Road;
  readonly announcement: Announcement;
  readonly calls: Calls;
  readonly line: Line;
  readonly hunt: Hunt;
  readonly operators: Operators;
}

/** The request is about the call that made it. */
export const ownCall = (asked: Asked): string | undefined => asked.form.get('CallSid') ?? undefined;
/** The request is about the call that its address names. */
export const namedCall = (asked: Asked): string | undefined => asked.query.get('call') ?? undefined;
