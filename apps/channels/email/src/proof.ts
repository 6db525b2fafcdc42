import { authenticate } from 'mailauth';

/** What is known of the delivery, for SPF. */
export interface Delivery {
  readonly ip: string;
  readonly helo: string;
  readonly sender: string;
  readonly mta: string;
}
/** Asks the DNS; replaceable so that the proof can be tested without it. */
export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

const TIMEOUT_MS = 8_000;

/** Checks DKIM, SPF, ARC and DMARC of a mail just received. A check that cannot be made proves nothing: `undefined`. */
export const proveSender = async (
  raw: Buffer,
  delivery: Delivery,
  resolver?: Resolver,
): Promise<'pass' | 'fail' | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await Promise.race([
      authenticate(raw, { ...delivery, disableBimi: true, ...(resolver ? { resolver } : {}) }),
      new Promise<undefined>(resolve => {
        timer = setTimeout(() => resolve(undefined), TIMEOUT_MS);
      }),
    ]);
    const dmarc = result?.dmarc ? result.dmarc.status?.result : undefined;
    return dmarc === 'pass' || dmarc === 'fail' ? dmarc : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};
