import { Inject, Injectable } from '@nestjs/common';
import type { ErasurePreview, ErasureView } from '@filodiretto/contracts';
import { MachineDataSource } from '../data-source.js';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { standingOf, versionOf } from './standing.js';

interface Row {
  readonly id: string;
  readonly contact_id: string | null;
  readonly case_id: string | null;
  readonly because: string;
  readonly reason: string;
  readonly state: string;
  readonly counts: Record<string, number>;
  readonly asked_at: Date;
  readonly ended_at: Date | null;
  readonly asked_by: ErasureView['askedBy'] | null;
}

/** What the screens of erasures show. */
@Injectable()
export class ErasureQuery {
  constructor(@Inject(MachineDataSource) private readonly dataSource: MachineDataSource) {}

  /** `undefined`: there is no such contact, or it is erased. */
  async preview({ administrationId }: Asking, contactId: string): Promise<ErasurePreview | undefined> {
    const standing = await standingOf(this.dataSource, administrationId, contactId);
    if (!standing || standing.erasedAt) return undefined;
    return {
      contact: standing.contact,
      version: versionOf(standing),
      kept: standing.counts,
      obstacles: standing.obstacles.map(({ because, cases, until }) => ({
        because,
        cases: [...cases],
        ...present({ until: atOrNull(until) }),
      })),
    };
  }

  /** `undefined`: the administration knows nobody of this id. */
  async known({ administrationId }: Asking, contactId: string): Promise<object | undefined> {
    const rows: object[] = await this.dataSource.query(
      'select id from contact where administration_id = $1 and id = $2',
      [administrationId, contactId],
    );
    return rows[0];
  }

  async one({ administrationId }: Asking, id: string): Promise<ErasureView | undefined> {
    const rows: Row[] = await this.dataSource.query(
      `select e.id, e.contact_id, e.case_id, e.because, e.reason, e.state, e.counts, e.asked_at, e.ended_at,
         case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as asked_by
       from erasure e left join operator p on p.id = e.asked_by where e.administration_id = $1 and e.id = $2`,
      [administrationId, id],
    );
    const [row] = rows;
    return (
      row && {
        id: row.id,
        because: row.because,
        reason: row.reason,
        state: row.state,
        counts: row.counts,
        askedAt: at(row.asked_at),
        ...present({
          endedAt: atOrNull(row.ended_at),
          askedBy: row.asked_by,
          contact: row.contact_id,
          case: row.case_id,
        }),
      }
    );
  }
}
