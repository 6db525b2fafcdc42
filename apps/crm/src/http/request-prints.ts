import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keys } from '@filodiretto/platform';

/**
 * By what a request is known again when it is sent twice. What was asked may hold a fiscal code or words of somebody, which are guessed
 * from a bare digest: a print is made with a key of ours, and says nothing to who has the database alone.
 */
export class RequestPrints {
  /** The first key makes prints; all of them know a request again. */
  constructor(private readonly keys: Keys) {}

  /** The print of making something of this body. */
  of(what: string, body: object): string {
    return printOf(this.keys[0], what, body);
  }

  /** Whether a print is that of making this: however the members of the body are ordered, whichever key it was made with. */
  isOf(print: string, what: string, body: object): boolean {
    const given = Buffer.from(print);
    return this.keys.some(key => {
      const made = Buffer.from(printOf(key, what, body));
      return made.length === given.length && timingSafeEqual(made, given);
    });
  }
}

const printOf = (key: string, what: string, body: object): string =>
  createHmac('sha256', key)
    .update(`request\n${what}\n${canonical(body)}`)
    .digest('hex');

/** JSON with its keys in order: the same request gives the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
