import { constants } from 'node:os';
import { tell, wordsOf } from './words.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C reaches us twice, from the terminal and handed on by npm: what comes so soon is not a second wish. */
const SAME_WISH_MS = 700;

const TIDIES_MS = 3_000;

/** Something that runs and can be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
  /** Ends all at once. */
  kill(): Promise<void>;
}

/**
 * Runs `work` and stops `what` afterwards, whatever happens: when the work ends or throws, on Ctrl-C, SIGTERM or a
 * closed terminal, and when something is thrown that nobody waits for. A second signal kills. Resolves with the exit code: that of
 * the work, 128 and the signal, or 1 when something was thrown.
 */
export async function untilStopped(
  what: Stoppable,
  work: (interrupted: Promise<void>) => Promise<number>,
): Promise<number> {
  let code: number | undefined;
  let askedAt = 0;
  let interrupt = (): void => undefined;
  const interrupted = new Promise<void>(resolve => (interrupt = resolve));
  const onSignal = (signal: NodeJS.Signals): void => {
    if (code !== undefined) {
      if (performance.now() - askedAt < SAME_WISH_MS) return;
      tell('Killing everything.');
      void what.kill().finally(() => process.exit(code));
      return;
    }
    code = 128 + constants.signals[signal];
    askedAt = performance.now();
    tell('\nStopping. Ctrl-C once more kills everything.');
    interrupt();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  let broken = false;
  // Node would end the process here and leave running whatever it has begun.
  const onFault = (error: unknown): void => {
    broken = true;
    tell(`\n${wordsOf(error)}`);
    interrupt();
  };
  process.on('uncaughtException', onFault).on('unhandledRejection', onFault);
  // A terminal that was closed: there is nobody to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // npm waits for us: when our parent is another, npm was killed and nobody else will tell us to stop.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent && code === undefined) onSignal('SIGTERM');
  }, 1_000);
  watch.unref();
  const outcome = work(interrupted).catch((error: unknown) => {
    if (code === undefined) tell(`\n${wordsOf(error)}`);
    return 1;
  });
  const first = await Promise.race([outcome, interrupted.then(() => undefined)]);
  try {
    await what.stop();
    // What was interrupted tidies up after itself, as far as it still can.
    await Promise.race([outcome, new Promise(resolve => setTimeout(resolve, TIDIES_MS).unref())]);
  } catch (error) {
    tell(wordsOf(error));
    await what.kill();
    code ??= 1;
  }
  clearInterval(watch);
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off('uncaughtException', onFault).off('unhandledRejection', onFault);
  return code ?? (broken ? 1 : (first ?? 1));
}
