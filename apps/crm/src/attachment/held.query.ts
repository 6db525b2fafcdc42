import { Inject, Injectable } from '@nestjs/common';
import type { HeldAttachmentPage, HeldAttachmentView, HeldReason, PageQuery } from '@filodiretto/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { seenSql } from '../permission/seen.js';
import type { Refused } from '../refused.js';
import { STILL_KEPT } from './screening.js';

interface HeldRow extends Cursor {
  readonly message_id: string;
  readonly case_id: string | null;
  readonly number: string | null;
  readonly filename: string | null;
  readonly media_type: string;
  readonly size: string | null;
  readonly because: HeldReason;
  readonly held_at: Date;
  /** Of a message: which of its parts; -1: its original; null: an attachment. */
  readonly part: number | null;
}

/** Files `f` that are held, of an administration `$1`. */
const HELD = `(
  select a.id, a.message_id, a.filename, a.media_type, a.size, a.held_because as because, a.held_at, null::int as part
  from attachment a where a.administration_id = $1 and a.held_because is not null and a.released_at is null
  union all
  select o.message_id, o.message_id, null, coalesce(
      case when o.part < 0 then m.raw_media_type
        else coalesce(m.content->o.part->'whole', m.content->o.part->'blob')->>'mediaType' end,
      'application/octet-stream'), null, o.because, o.held_at, o.part
  from held_original o join message m on m.id = o.message_id
  where o.administration_id = $1 and o.released_at is null and ${STILL_KEPT}) f`;

/** The files, and originals of messages, that wait for a person because something was found in them, and their release. */
@Injectable()
export class HeldFiles {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The oldest first, of cases that whoever asks sees. */
  async list(operator: Asking, asked: PageQuery): Promise<HeldAttachmentPage> {
    const cursor = cursorOf(asked.after);
    const limit = limitOf(asked);
    const where = new Where([operator.administrationId]).and(
      '(f.held_at, f.id) > ($?::timestamptz, $?::uuid)',
      cursor?.at,
      cursor?.id,
    );
    const sees = seenSql(operator.sight, value => where.parameter(value));
    where.and(`m.case_id is null or ${sees}`);
    const rows: HeldRow[] = await this.dataSource.query(
      `select f.id, ${cursorAt('f.held_at')} as at, f.message_id, m.case_id, c.number, f.filename, f.media_type, f.size,
         f.because, f.held_at, f.part
       from ${HELD} join message m on m.id = f.message_id left join case_file c on c.id = m.case_id
       where ${where.toString()} order by f.held_at, f.id limit ${limit + 1}`,
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

  /**
   * Lets the original of a message, or a part kept beside it, be opened although the scanner refuses it. The original is refused
   * (`not-allowed`) while a file in it is held: each is released by itself.
   */
  async releaseKept(
    manager: EntityManager,
    operator: Asking,
    { message, part = -1, reason }: { readonly message: string; readonly part?: number; readonly reason: string },
  ): Promise<{ readonly id: string } | Refused> {
    const [held]: { id: string; files: boolean }[] = await manager.query(
      `select o.message_id as id, o.part < 0 and exists (
         select from attachment a where a.message_id = o.message_id and a.fetch_state = 'done' and a.sha256 is not null
           and a.scan_state not in ('clean', 'skipped')) as files
       from held_original o join message m on m.id = o.message_id
       where o.administration_id = $1 and o.message_id = $2 and o.part = $3 and o.released_at is null and ${STILL_KEPT}
       for no key update of o`,
      [operator.administrationId, message, part],
    );
    if (!held) return { refused: 'not-found', detail: 'There is no such original that is held.' };
    if (held.files) return { refused: 'not-allowed', detail: 'Files in it are held: release those first.' };
    await manager.query(
      `update held_original set released_at = now(), released_by = $2, released_reason = $3
       where message_id = $1 and part = $4`,
      [message, operator.id, reason, part],
    );
    return { id: held.id };
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
    original: row.part === -1 || null,
    part: row.part !== null && row.part >= 0 ? row.part : null,
  }),
  mediaType: row.media_type,
  because: row.because,
  heldAt: at(row.held_at),
});
