import type { Schemas } from '../api/client.js';

/** Where one writes in a case. */
export function Composer(_: { readonly view: Schemas['CaseView'] }) {
  return null;
}
