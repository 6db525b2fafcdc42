import type { Host } from '@filodiretto/channel-kit';
import { PROOFS } from './proof.js';
import { CODES, SENT } from './submissions.js';

const EVERY_MS = 10 * 60_000;

/** Forgets, until the signal, what need not be remembered any longer. */
export async function keepUp(host: Host, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await forgetOld(host);
    } catch (error) {
      host.log.warn({ err: error }, 'old memories could not be cleared: tried again later');
    }
    await pause(EVERY_MS, signal);
  }
}

/** Forgets what has come to its term. */
export async function forgetOld(host: Host, now = Date.now()): Promise<void> {
  for (const prefix of [PROOFS, SENT, CODES])
    for (const key of await host.state.keys(prefix)) {
      const kept = await host.state.get<{ readonly until: number }>(key);
      if (kept && kept.until < now) await host.state.delete(key);
    }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
