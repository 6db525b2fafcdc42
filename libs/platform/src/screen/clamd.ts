import { connect } from 'node:net';
import type { ScanState } from '@filodiretto/contracts';
import type { Logger } from '../log.js';

/** Says of bytes whether they carry a virus. `pending` when the scanner does not answer: held, never passed. */
export type Scan = (bytes: Uint8Array) => Promise<ScanState>;

const TIMEOUT_MS = 20_000;
const CHUNK = 1_000_000;
const MAX_ANSWER = 10_000;

interface ScannerSettings {
  readonly clamavHost?: string;
  readonly clamavPort: number;
  readonly timeoutMs?: number;
}

/** The virus check that the configuration names, or none. */
export function scannerOf(said: ScannerSettings, log: Logger): Scan | undefined {
  const { clamavHost: host, clamavPort: port, timeoutMs = TIMEOUT_MS } = said;
  if (!host) return undefined;
  return async bytes => {
    try {
      const answer = await asked({ host, port, timeoutMs }, 'INSTREAM', bytes);
      const verdict = verdictOf(answer);
      if (verdict !== 'clean') log.warn({ answer, verdict }, 'the virus check refused a file');
      return verdict;
    } catch (error) {
      log.error({ err: error }, 'the virus scanner does not answer: the file is held');
      return 'pending';
    }
  };
}

/** Whether the scanner that the configuration names is there, whatever becomes of the bytes that it is given; `false` where there is none. */
export async function scannerLives(said: ScannerSettings): Promise<boolean> {
  const { clamavHost: host, clamavPort: port, timeoutMs = TIMEOUT_MS } = said;
  if (!host) return false;
  try {
    return (await asked({ host, port, timeoutMs }, 'PING')) === 'PONG';
  } catch {
    return false;
  }
}

/** What clamd answers to `INSTREAM`. It speaks of the bytes, or of itself: then nothing is known of them. */
function verdictOf(answer: string): ScanState {
  if (/^stream: OK$/.test(answer)) return 'clean';
  if (/ FOUND$/.test(answer)) return 'infected';
  if (/size limit exceeded/i.test(answer)) return 'error';
  throw new Error(`the scanner answered «${answer.slice(0, 200)}»`);
}

/** Asks clamd, and sends it bytes where there are some: chunks, each after its length in four bytes, and one of nothing at the end. Rejects when no whole answer comes in time. */
function asked(
  { host, port, timeoutMs }: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  command: 'PING' | 'INSTREAM',
  bytes?: Uint8Array,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let answer = '';
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      socket.destroy();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error('the scanner took too long'))), timeoutMs);
    socket.setEncoding('utf8');
    socket.on('data', (more: string) => {
      answer += more;
      const over = answer.indexOf('\0');
      if (over >= 0) end(() => resolve(answer.slice(0, over).trim()));
      else if (answer.length > MAX_ANSWER) end(() => reject(new Error('the scanner does not stop talking')));
    });
    socket.on('error', error => end(() => reject(error)));
    socket.on('close', () => end(() => reject(new Error('the scanner hung up without an answer'))));
    let at = 0;
    // No faster than it reads: it says that a file is too large in the middle, and hangs up.
    const more = (): void => {
      if (!bytes) return;
      while (at < bytes.length) {
        const chunk = bytes.subarray(at, at + CHUNK);
        at += chunk.length;
        socket.write(lengthOf(chunk.length));
        if (!socket.write(chunk)) return;
      }
      socket.off('drain', more);
      socket.write(lengthOf(0));
    };
    socket.on('drain', more);
    socket.on('connect', () => {
      socket.write(`z${command}\0`);
      more();
    });
  });
}

const lengthOf = (length: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(length);
  return four;
};
