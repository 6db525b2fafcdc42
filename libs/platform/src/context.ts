import { AsyncLocalStorage } from 'node:async_hooks';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** What follows one contact through every service. */
export interface Correlation {
  /** The same from the provider's delivery to the last consequence. */
  readonly correlationId: string;
  /** The event or request that caused the work at hand. */
  readonly causationId?: string;
  /** W3C trace context that the work came with; passed on even when telemetry is off. */
  readonly traceparent?: string;
}

const storage = new AsyncLocalStorage<Correlation>();

/** Runs the work under a correlation: its logs and the events it publishes carry it. */
export const withCorrelation = <T>(correlation: Correlation, work: () => T): T => storage.run(correlation, work);

/** The correlation of the work at hand, if any. */
export const correlation = (): Correlation | undefined => storage.getStore();

/** W3C `traceparent` of the work at hand, if any. */
export function traceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? correlation()?.traceparent;
}

/** Runs the work as a span that continues the trace it came with. Costs nothing when telemetry is off. */
export const traced = <T>(
  name: string,
  kind: 'server' | 'consumer' | 'producer',
  from: string | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  const parent = from ? propagation.extract(context.active(), { traceparent: from }) : context.active();
  const spanKind = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, producer: SpanKind.PRODUCER }[kind];
  return trace.getTracer('filodiretto').startActiveSpan(name, { kind: spanKind }, parent, async span => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};
