import { createHash } from 'node:crypto';

/** How a tracking code is kept: known to who holds it, of no use to who reads the database. */
export const trackingHashOf = (trackingCode: string): Buffer =>
  createHash('sha256').update(`tracking\n${trackingCode}`).digest();
