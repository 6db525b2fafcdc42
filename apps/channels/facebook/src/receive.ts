import { isJson, listOf, textOf, type Fact, type Json } from '@filodiretto/channel-kit';
import { commentFacts } from './receive-comments.js';
import { messengerFacts, type Ours } from './receive-messenger.js';

/** The delivery, as the provider's JSON. Throws when it is none. */
export function parseDelivery(raw: Uint8Array): Json {
  const value: unknown = JSON.parse(new TextDecoder().decode(raw));
  if (!isJson(value)) throw new Error('The delivery is not a JSON object');
  return value;
}

/** The page of a delivery: that of its first entry. */
export const accountOf = (delivery: Json): string | undefined => textOf(listOf(delivery.entry)[0]?.id, 200);

/**
 * Every fact of a delivery, in order: entries, then their events and changes. `standby` is what another application holds:
 * kept with the delivery, not routed.
 */
export const factsOf = (delivery: Json, receivedAt: string, ours: Ours): Fact[] =>
  listOf(delivery.entry).flatMap(entry => {
    const page = textOf(entry.id, 200) ?? 'unknown';
    return [
      ...listOf(entry.messaging).flatMap(event => messengerFacts(page, event, receivedAt, ours)),
      ...listOf(entry.changes).flatMap(change => commentFacts(page, change, receivedAt)),
    ];
  });
