import { createHash } from 'node:crypto';

/** How a tracking code is kept: known to who holds it, of no use to who reads the database. */
export const trackingHashOf = (trackingCode: string): Buffer =>
  createHash('sha256').update(`tracking\n${trackingCode}`).digest();

/** What a typed code may stand for: itself, and what it is once the marks and letters that people confuse are put right. */
export const codesOf = (typed: string): string[] => {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return [...new Set([typed.trim(), plain])];
};
