import type { Schemas } from '../api/client.js';

/** What can be done with a case now. */
export function CaseActions(_: { readonly view: Schemas['CaseView'] }) {
  return null;
}
