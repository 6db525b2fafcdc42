import { createServer, type Socket } from 'node:net';
import { filesWithin } from './zip.js';

/** The harmless text that every virus scanner calls a virus. In two halves, so that no scanner stops at this source. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/**
 * `well`: scans. `silent`: takes everything and never answers. `small`: refuses more than 1,000 bytes. `choking`: dies of more than
 * 1,000 bytes, without an answer. `babbling`: answers what no clamd answers. `hanging-up`: closes in the middle.
 */
export type ClamdMood = 'well' | 'silent' | 'small' | 'choking' | 'babbling' | 'hanging-up';

export interface ClamdSimulator {
  readonly port: number;
  /** How many files were scanned to the end. */
  readonly scanned: number;
  be(mood: ClamdMood): void;
  close(): Promise<void>;
}

const COMMAND = 'zINSTREAM\0';
const PING = 'zPING\0';
const SMALL = 1_000;
const DEPTH = 5;

/** A clamd that speaks the real protocol (`zINSTREAM`: chunks after their length, one of nothing at the end) and finds EICAR, also in archives. */
export async function startClamd(port = 0, host = '127.0.0.1'): Promise<ClamdSimulator> {
  let mood: ClamdMood = 'well';
  let scanned = 0;
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let held = Buffer.alloc(0);
    socket.on('data', (more: Buffer) => {
      held = Buffer.concat([held, more]);
      if (mood === 'hanging-up') return void socket.destroy();
      if (held.equals(Buffer.from(PING))) return mood === 'silent' ? undefined : void socket.end('PONG\0');
      if (held.length >= COMMAND.length && !held.subarray(0, COMMAND.length).equals(Buffer.from(COMMAND)))
        return void socket.end('UNKNOWN COMMAND\0');
      const bytes = streamed(held.subarray(COMMAND.length));
      if (!bytes || mood === 'silent') return;
      if (mood === 'babbling') return void socket.end('ciao\0');
      if (mood === 'small' && bytes.length > SMALL) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      if (mood === 'choking' && bytes.length > SMALL) return void socket.destroy();
      scanned += 1;
      socket.end(isInfected(bytes, DEPTH) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    get scanned() {
      return scanned;
    },
    be: next => void (mood = next),
    close: async () => {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** What was streamed, once the chunk of nothing came. */
function streamed(held: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 4 <= held.length;) {
    const length = held.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    if (at + 4 + length > held.length) return undefined;
    chunks.push(held.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

const isInfected = (bytes: Buffer, depth: number): boolean =>
  bytes.includes(EICAR) || (depth > 0 && filesWithin(bytes).some(inner => isInfected(inner, depth - 1)));
