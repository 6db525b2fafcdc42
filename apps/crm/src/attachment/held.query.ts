import { Inject, Injectable } from '@nestjs/common';
import type { HeldAttachmentPage, HeldAttachmentView, HeldReason, PageQuery } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { seenSql } from '../permission/seen.js';
import type { Refused } from '../refused.js';

interface HeldRow extends Cursor {
  readonly message_id: string;
  readonly case_id: string | null;
  readonly number: string | null;
  readonly filename: string | null;
  readonly media_type: string;
  readonly size: string | null;
  readonly because: HeldReason;
  readonly held_at: Date;
}

/** The files that wait for a person because something was found in them, and their release. */
@Injectable()
export class HeldFiles {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The oldest first, of cases that whoever asks sees. */
  async list(operator: Asking, asked: PageQuery): Promise<HeldAttachmentPage> {
    const cursor = cursorOf(asked.after);
    const limit = limitOf(asked);
    const where = new Where()
      .and('a.administration_id = $?', operator.administrationId)
      .and('a.held_because is not null and a.released_at is null')
      .and('(a.held_at, a.id) > ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const sees = seenSql(operator.sight, value => where.parameter(value));
    where.and(`m.case_id is null or ${sees}`);
    const rows: HeldRow[] = await this.dataSource.query(
      `select a.id, ${cursorAt('a.held_at')} as at, a.message_id, m.case_id, c.number, a.filename, a.media_type, a.size,
         a.held_because as because, a.held_at
       from attachment a join message m on m.id = a.message_id left join case_file c on c.id = m.case_id
       where ${where.toString()} order by a.held_at, a.id limit ${limit + 1}`,
      where.parameters,
    );
    return pageOf(rows, limit, heldView);
  }

  /** Lets a file be opened although something was found in it: somebody looked, and says why. */
  async release(
    manager: EntityManager,
    operator: Asking,
    { id, reason }: { readonly id: string; readonly reason: string },
  ): Promise<{ readonly id: string } | Refused> {
    const [rows]: [{ id: string }[], number] = await manager.query(
      `update attachment set scan_state = 'skipped', screened = 2, released_at = now(), released_by = $3, released_reason = $4
       where administration_id = $1 and id = $2 and held_because is not null and released_at is null returning id`,
      [operator.administrationId, id, operator.id, reason],
    );
    return rows[0] ?? { refused: 'not-found', detail: 'There is no such file that is held.' };
  }
}

const heldView = (row: HeldRow): HeldAttachmentView => ({
  id: row.id,
  message: row.message_id,
  ...present({
    caseId: row.case_id,
    caseNumber: row.number,
    filename: row.filename,
    size: row.size === null ? null : Number(row.size),
  }),
  mediaType: row.media_type,
  because: row.because,
  heldAt: at(row.held_at),
});
