import { createHash } from 'node:crypto';
import { BlobMissing, type Host, type Scan } from '@filodiretto/channel-kit';
import type { MediaPart } from '@filodiretto/contracts';

const SCANS = 'scan/';
/** One file that the scanner never answers about keeps no other from being seen; a scanner that is away is not asked for all. */
const UNSEEN_IN_A_ROW = 3;

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

/** Scans what was remembered, and reports what the scanner says; stops when it sees several in a row not. */
export async function scanAgain(host: Host, scan: Scan): Promise<void> {
  let unseen = 0;
  for (const key of await host.state.keys(SCANS)) {
    const file = await host.state.get<Unscanned>(key);
    if (file?.media.blob) {
      const verdict = await verdictOn(host, scan, { sha256: file.media.blob.sha256 });
      if (verdict === 'pending') {
        if ((unseen += 1) === UNSEEN_IN_A_ROW) return;
        continue;
      }
      unseen = 0;
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
