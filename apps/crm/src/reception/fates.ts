import type { FateName } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import type { FromChannel } from '../intake/item.js';

/** What became of one fact of a delivery. */
export interface Settled {
  readonly from: FromChannel;
  readonly fate: FateName;
  readonly messageId?: string | null;
  readonly caseId?: string | null;
}

/** Records what became of each fact that came with a reception. What was recorded before stays. */
export async function recordFates(manager: EntityManager, settled: readonly Settled[]): Promise<void> {
  const recordedAt = new Date();
  await insertAll(
    manager,
    'reception_item',
    settled.flatMap(({ from: { channel, account, reception }, fate, messageId, caseId }) =>
      reception
        ? [
            {
              receptionId: reception.reception,
              itemIndex: reception.index,
              itemCount: reception.count,
              channel,
              account,
              fate,
              messageId: messageId ?? null,
              caseId: caseId ?? null,
              recordedAt,
            },
          ]
        : [],
    ),
    { ifAbsent: 'reception_id, item_index' },
  );
}
