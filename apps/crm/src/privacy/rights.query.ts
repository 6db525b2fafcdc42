import { Inject, Injectable } from '@nestjs/common';
import type { ListRightsRequests, RightsRequestPage, RightsRequestView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { beyondSight } from '../isolation/acting.js';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';

interface Row extends Cursor, Pick<RightsRequestView, 'kind' | 'state' | 'version' | 'late'> {
  readonly case_id: string;
  readonly number: string;
  readonly contact: string;
  readonly asked_by: RightsRequestView['askedBy'];
  readonly asked_at: Date;
  readonly due_date: string | null;
  readonly identified: RightsRequestView['identified'] | null;
  readonly decided_at: Date | null;
  readonly reason: string | null;
  readonly wanted: RightsRequestView['correction'] | null;
}

const COLUMNS = `r.id, ${cursorAt('r.asked_at')} as at, r.case_id, c.number, coalesce(k.merged_into, k.id) as contact, r.kind, r.state,
  r.asked_by, r.asked_at, c.due_date::text as due_date, r.identified_how as identified, r.decided_at, r.reason, r.wanted, r.version,
  r.state = 'open' and coalesce(c.due_date < (clock_now() at time zone 'Europe/Rome')::date, false) as late`;
const FROM = 'from rights_request r join case_file c on c.id = r.case_id join contact k on k.id = r.contact_id';

/** Why requests are read so. */
const SERVED = 'who serves what people ask of their data serves every request';

/** What is shown of the requests on personal data. */
@Injectable()
export class RightsQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async list({ administrationId }: Asking, filter: ListRightsRequests): Promise<RightsRequestPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where()
      .and('r.administration_id = $?', administrationId)
      .and('r.state = $?', filter.state)
      .and('r.kind = $?', filter.kind)
      .and('(r.asked_at, r.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: Row[] = await beyondSight(SERVED, () =>
      this.dataSource.query(
        `select ${COLUMNS} ${FROM} where ${where.toString()} order by r.asked_at desc, r.id desc limit ${limit + 1}`,
        where.parameters,
      ),
    );
    return pageOf(rows, limit, viewOf);
  }

  async one({ administrationId }: Asking, id: string): Promise<RightsRequestView | undefined> {
    const rows: Row[] = await beyondSight(SERVED, () =>
      this.dataSource.query(`select ${COLUMNS} ${FROM} where r.administration_id = $1 and r.id = $2`, [
        administrationId,
        id,
      ]),
    );
    return rows[0] && viewOf(rows[0]);
  }
}

const viewOf = (row: Row): RightsRequestView => ({
  id: row.id,
  case: { id: row.case_id, number: row.number },
  contact: row.contact,
  kind: row.kind,
  state: row.state,
  askedBy: row.asked_by,
  askedAt: at(row.asked_at),
  late: row.late,
  version: row.version,
  ...present({
    dueDate: row.due_date,
    identified: row.identified,
    decidedAt: atOrNull(row.decided_at),
    reason: row.reason,
    correction: row.wanted,
  }),
});
