import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The measures of one process, in Prometheus' format at `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }
  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name: `filodiretto_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
  }
  gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
    return new Gauge({ name: `filodiretto_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
  }
  /** Seconds. */
  histogram<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Histogram<Label> {
    return new Histogram({
      name: `filodiretto_${name}`,
      help,
      labelNames: [...labelNames],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
  }
}
