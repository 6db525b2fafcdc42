import { Inject, Injectable } from '@nestjs/common';
import type { LegalHoldView, PlaceHold } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { refused, refusedField, type Refused } from '../refused.js';

interface Row {
  readonly id: string;
  readonly case_id: string | null;
  readonly contact_id: string | null;
  readonly reason: string;
  readonly placed_by: LegalHoldView['placedBy'];
  readonly placed_at: Date;
  readonly lifted_by: LegalHoldView['liftedBy'] | null;
  readonly lifted_at: Date | null;
  readonly lifted_reason: string | null;
}

/** Most holds that the list shows, the newest first. */
const SHOWN = 1_000;

/** What nothing may be destroyed of: a case, or everything of a contact, until somebody lifts it. */
@Injectable()
export class Holds {
  constructor(@Inject(Clock) private readonly clock: Clock) {}

  async all(manager: Pick<EntityManager, 'query'>, { administrationId }: Asking): Promise<LegalHoldView[]> {
    const rows: Row[] = await manager.query(
      `select h.id, h.case_id, h.contact_id, h.reason, h.placed_at, h.lifted_at, h.lifted_reason,
         json_build_object('id', p.id, 'name', p.name) as placed_by,
         case when l.id is not null then json_build_object('id', l.id, 'name', l.name) end as lifted_by
       from legal_hold h join operator p on p.id = h.placed_by left join operator l on l.id = h.lifted_by
       where h.administration_id = $1 order by h.placed_at desc, h.id desc limit ${SHOWN}`,
      [administrationId],
    );
    return rows.map(row => ({
      id: row.id,
      reason: row.reason,
      placedBy: row.placed_by,
      placedAt: at(row.placed_at),
      ...present({
        case: row.case_id,
        contact: row.contact_id,
        liftedBy: row.lifted_by,
        liftedAt: atOrNull(row.lifted_at),
        liftedReason: row.lifted_reason,
      }),
    }));
  }

  /** Refused when it is neither of one case nor of one contact of the administration, or such a hold is there. */
  async place(manager: EntityManager, operator: Asking, id: string, asked: PlaceHold): Promise<object | Refused> {
    const { administrationId } = operator;
    if ((asked.case === undefined) === (asked.contact === undefined))
      return refusedField('/case', 'or `contact`: one of the two');
    // An erasure that begins at the same moment waits here, or is seen.
    const [found]: { id: string; erased_at: Date | null }[] =
      asked.contact === undefined
        ? await manager.query(
            'select id, null as erased_at from case_file where administration_id = $1 and id = $2 for share',
            [administrationId, asked.case],
          )
        : await manager.query(
            `select id, erased_at from contact where administration_id = $1
               and id = (select coalesce(merged_into, id) from contact where id = $2) for share`,
            [administrationId, asked.contact],
          );
    if (!found || found.erased_at !== null) return refused('not-found', 'There is nothing of it to hold.');
    const written: unknown[] = await manager.query(
      `insert into legal_hold (id, administration_id, case_id, contact_id, reason, placed_by, placed_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
      [
        id,
        administrationId,
        asked.contact === undefined ? found.id : null,
        asked.contact === undefined ? null : found.id,
        asked.reason,
        operator.id,
        this.clock.now(),
      ],
    );
    return written.length > 0 ? { id } : refusedField('/case', 'a hold is on it already');
  }

  async lift(manager: EntityManager, operator: Asking, id: string, reason: string): Promise<object | Refused> {
    const [, lifted]: [unknown, number] = await manager.query(
      `update legal_hold set lifted_by = $3, lifted_at = $4, lifted_reason = $5
       where administration_id = $1 and id = $2 and lifted_at is null`,
      [operator.administrationId, id, operator.id, this.clock.now(), reason],
    );
    return lifted > 0 ? { id } : refused('not-found', 'There is no such hold, or it was lifted.');
  }
}
