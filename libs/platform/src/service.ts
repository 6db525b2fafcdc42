import { correlation, traced, traceparent, withCorrelation, type Correlation } from './context.js';
import { createLogger, type Logger } from './log.js';
import type { ServiceSettings } from './settings/service.js';
import { ConfigurationError } from './settings/settings.js';

/** A service that runs; `stop` resolves when it has let go of everything. */
export interface RunningService {
  stop(): Promise<void>;
}

/**
 * The whole life of a service's process: starts it, stops it at SIGTERM or SIGINT (a second one does not wait). Exits with
 * 1, in words for a person, when it cannot start or does not stop well.
 */
export async function runService(name: string, start: (log: Logger) => Promise<RunningService>): Promise<void> {
  const log = createLogger(name);
  try {
    const running = await start(log);
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the service did not stop well');
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
  } catch (error) {
    log.fatal(
      error instanceof ConfigurationError ? { mistakes: error.mistakes } : { err: error },
      'the service cannot start',
    );
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 200);
  }
}

/** What the bus is told of the settings that all services share. */
export const busSettings = (settings: ServiceSettings) => ({
  servers: settings.natsUrl,
  user: settings.natsUser,
  password: settings.natsPassword,
  limits: { replicas: settings.natsReplicas, maxBytes: settings.natsMaxBytes },
  production: settings.nodeEnv === 'production',
  monitorUrl: settings.natsMonitorUrl,
});

/** The context of the work at hand, for the bus. */
export const workContext = {
  current: (): Correlation | undefined => {
    const now = correlation();
    const trace = traceparent();
    return now ? { ...now, ...(trace ? { traceparent: trace } : {}) } : undefined;
  },
  run: <T>(context: Correlation, name: string, work: () => Promise<T>): Promise<T> =>
    withCorrelation(context, () => traced(name, 'consumer', context.traceparent, work)),
};
