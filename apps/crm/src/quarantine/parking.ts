import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';
import type { FromChannel } from '../intake/item.js';
import { recordFates } from '../reception/fates.js';
import { storable } from '../storable.js';
import type { Parked, ParkedKind } from './parked.entity.js';

/** When a failed item is tried again by itself, in seconds after each try; then only by a person. */
export const RETRY_SECONDS = [30, 120, 600, 3_600] as const;

/** What is put aside, and why. */
export interface ToPark {
  readonly eventId: string;
  readonly type: Parked['type'];
  readonly kind: ParkedKind;
  readonly administrationId: string | null;
  readonly payload: FromChannel & {
    readonly conversation?: string | undefined;
    readonly externalId?: string | undefined;
  };
  readonly reason: string;
  readonly errorClass?: string;
  /** Whether time may mend it. */
  readonly triesAgain: boolean;
}

/** How much is kept of why something waits, in characters. */
export const MAX_REASON = 2_000;

/** What was tried again and failed anew waits again; what a person discarded stays discarded. */
const WAIT_AGAIN = `update set state = 'waiting', reason = excluded.reason, error_class = excluded.error_class,
  next_try_at = null, settled_at = null, settled_by = null, settled_reason = null where parked.state = 'retried'`;

/** Puts items aside where people see them. The same event is parked once. */
export async function park(manager: EntityManager, items: readonly ToPark[]): Promise<void> {
  const createdAt = new Date();
  await insertAll(
    manager,
    'parked',
    items.map(({ payload, reason, errorClass, triesAgain, ...item }) => ({
      id: v7(),
      ...storable({
        ...item,
        channel: payload.channel,
        account: payload.account,
        conversation: payload.conversation ?? null,
        externalId: payload.externalId ?? null,
        reason: reason.slice(0, MAX_REASON),
        errorClass: errorClass ?? null,
        payload,
      }),
      receptionId: payload.reception?.reception ?? null,
      itemIndex: payload.reception?.index ?? null,
      tries: 0,
      nextTryAt: triesAgain ? new Date(createdAt.getTime() + RETRY_SECONDS[0] * 1_000) : null,
      state: 'waiting',
      createdAt,
    })),
    { ifAbsent: 'event_id', otherwise: WAIT_AGAIN },
  );
  await recordFates(
    manager,
    items.map(({ payload }) => ({ from: payload, fate: 'parked' })),
  );
}
