import { Readable } from 'node:stream';
import NodeClam from 'clamscan';
import type { Logger } from '@filodiretto/channel-kit';
import type { ScanState } from '@filodiretto/contracts';

/** Says of bytes whether they carry a virus. `pending` when the scanner does not answer: held, never passed. */
export type Scan = (bytes: Uint8Array) => Promise<ScanState>;

const TIMEOUT_MS = 20_000;

/** The virus check that the configuration names, or none. */
export function scannerOf(config: { clamavHost?: string; clamavPort: number }, log: Logger): Scan | undefined {
  const { clamavHost: host, clamavPort: port } = config;
  if (!host) return undefined;
  let opening: Promise<NodeClam> | undefined;
  const open = (): Promise<NodeClam> =>
    (opening ??= new NodeClam().init({
      clamscan: { active: false },
      clamdscan: { host, port, timeout: TIMEOUT_MS, socket: false, localFallback: false, bypassTest: true },
      preference: 'clamdscan',
    }));
  return async bytes => {
    try {
      const { isInfected, viruses } = await (await open()).scanStream(Readable.from([Buffer.from(bytes)]));
      if (isInfected === null) throw new Error('the scanner answered neither yes nor no');
      if (isInfected) log.warn({ viruses }, 'a file with a virus was sent');
      return isInfected ? 'infected' : 'clean';
    } catch (error) {
      opening = undefined;
      log.error({ err: error }, 'the virus scanner does not answer: the file is held');
      return 'pending';
    }
  };
}
