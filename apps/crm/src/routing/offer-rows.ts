import { subjects } from '@filodiretto/bus';
import type { OfferState } from '@filodiretto/contracts';
import { instant } from '@filodiretto/contracts/model';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Announcement, Ledger } from '../case/ledger.js';

/** An offer that changed, as the statements that change offers return it. */
interface ChangedRow {
  readonly id: string;
  readonly administration_id: string;
  readonly work_item_id: string;
  readonly operator_id: string;
  readonly state: OfferState;
  readonly expires_at: Date;
  readonly at: Date;
  readonly case_id: string;
}

/** Says on the bus, with the same commit, what became of offers. */
export async function announceOffers(manager: EntityManager, ledger: Ledger, offers: readonly string[]): Promise<void> {
  if (offers.length === 0) return;
  const rows: ChangedRow[] = await manager.query(
    `select f.id, f.administration_id, f.work_item_id, f.operator_id, f.state, f.expires_at,
       coalesce(f.settled_at, f.offered_at) as at, w.case_id
     from offer f join work_item w on w.id = f.work_item_id where f.id = any($1::uuid[])`,
    [offers],
  );
  await announce(manager, ledger, rows);
}

/** The same for offers that are known. */
export const announce = (manager: EntityManager, ledger: Ledger, offers: readonly ChangedRow[]): Promise<void> =>
  ledger.announce(manager, offers.map(announcementOf));

const announcementOf = (row: ChangedRow): Announcement<'offer.changed.v1'> => ({
  eventId: v7(),
  type: 'offer.changed.v1',
  subject: subjects.event('offer', row.state, row.id),
  payload: {
    administration: row.administration_id,
    offer: row.id,
    workItem: row.work_item_id,
    case: row.case_id,
    operator: row.operator_id,
    state: row.state,
    expiresAt: instant(row.expires_at),
    at: instant(row.at),
  },
  ordering: row.operator_id,
  cause: null,
});
