import { createHash } from 'node:crypto';
import { BlobMissing, type Host } from '@filodiretto/channel-kit';
import type { MediaPart } from '@filodiretto/contracts';
import type { Scan } from './scanner.js';

const SCANS = 'scan/';

/** A file that the scanner has not seen yet, and where it is. */
export interface Unscanned {
  readonly account: string;
  readonly externalId: string;
  /** Whose conversation it is in, when it does not begin one. */
  readonly conversation?: string;
  /** Which part of the message. */
  readonly part: number;
  readonly media: MediaPart;
}

/** Remembers a file to be scanned when the scanner is back. Resolves when it is remembered. */
export const remember = (host: Host, file: Unscanned): Promise<void> => {
  const { account, externalId, part } = file;
  const name = createHash('sha256')
    .update(JSON.stringify([account, externalId, part]))
    .digest('hex');
  return host.state.set(`${SCANS}${name}`, file);
};

/** Scans what was remembered, and reports what the scanner says; stops at the first that it cannot see yet. */
export async function scanAgain(host: Host, scan: Scan): Promise<void> {
  for (const key of await host.state.keys(SCANS)) {
    const file = await host.state.get<Unscanned>(key);
    if (file?.media.blob) {
      const verdict = await verdictOn(host, scan, { sha256: file.media.blob.sha256 });
      if (verdict === 'pending') return;
      const { account, externalId, conversation = externalId, part } = file;
      await host.report({
        account,
        externalId,
        conversation,
        state: 'media',
        part,
        media: { ...file.media, scan: verdict },
        at: new Date().toISOString(),
      });
    }
    await host.state.delete(key);
  }
}

async function verdictOn(host: Host, scan: Scan, blob: { sha256: string }): ReturnType<Scan> {
  try {
    return await scan(await host.open(blob));
  } catch (error) {
    if (error instanceof BlobMissing) return 'error';
    throw error;
  }
}
