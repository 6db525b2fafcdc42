/** What follows one contact through every service; given to the bus by the service. */
export interface WorkContext {
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
}

/** How a service keeps the context of the work at hand. */
export interface ContextKeeper {
  current(): WorkContext | undefined;
  run<T>(context: WorkContext, name: string, work: () => Promise<T>): Promise<T>;
}

export const noContext: ContextKeeper = { current: () => undefined, run: (_context, _name, work) => work() };

/** What the bus tells of itself; a service gives its log. */
export interface BusLog {
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
  error(fields: object, words: string): void;
}
