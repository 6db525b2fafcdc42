import { PROOFS, type Host, type Scan } from '@filodiretto/channel-kit';
import { scanAgain } from './rescan.js';
import { CODES, SENT } from './submissions.js';

const EVERY_MS = 30_000;
/** How many rounds from one clearing of old memories to the next. */
const CLEARING = 20;

/** Until the signal: scans the files that wait for it, and forgets what need not be remembered any longer. */
export async function keepUp(host: Host, scan: Scan | undefined, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; round += 1) {
    try {
      if (scan) await scanAgain(host, scan);
      if (round % CLEARING === 0) await forgetOld(host);
    } catch (error) {
      host.log.warn({ err: error }, 'the upkeep of the forms was interrupted: tried again later');
    }
    await pause(EVERY_MS, signal);
  }
}

/** Forgets what has come to its term. */
export async function forgetOld(host: Host, now = Date.now()): Promise<void> {
  for (const prefix of [PROOFS, SENT, CODES])
    for (const key of await host.state.keys(prefix))
      await host.state.forget<{ readonly until: number }>(key, ({ until }) => until < now);
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
