import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const LENGTH = 16;
/** Random bytes are dear by the sixteen: they are drawn by the thousand, and each is used once. */
const pool = Buffer.alloc(LENGTH * 256);
let at = pool.length;
let msecs = 0;
let seq = 0;

/** A new UUIDv7; those of one process are in the order they were made. */
export function newId(): string {
  if (at === pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  const random = pool.subarray(at, at + LENGTH);
  at += LENGTH;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32BE(6) & 0x7f_ff_ff_ff;
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}
