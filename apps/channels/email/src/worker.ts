import { proveSender, type Delivery } from './proof.js';
import type { Delivered, Effort } from './delivered.js';
import { receive, type ReadMail } from './receive.js';

/** What runs in the reader's threads. */
export const read = (task: { raw: Uint8Array; delivered: Delivered; effort: Effort }): Promise<ReadMail> =>
  receive(task.raw, task.delivered, task.effort);

export const prove = (task: { raw: Uint8Array; delivery: Delivery }): Promise<'pass' | 'fail' | undefined> =>
  proveSender(Buffer.from(task.raw), task.delivery);
