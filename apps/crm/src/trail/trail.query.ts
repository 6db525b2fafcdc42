import { Inject, Injectable } from '@nestjs/common';
import type {
  ListTrail,
  TrailAct,
  TrailEntryView,
  TrailFilter,
  TrailPage,
  TrailRefusal,
  TrailState,
} from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, atOrNull, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { Anchoring } from './anchoring.js';
import { seenSql } from '../permission/seen.js';

interface Row extends Cursor {
  readonly entry_at: Date;
  readonly actor_id: string;
  readonly actor: string | null;
  readonly act: TrailAct;
  readonly operation: string;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly case_id: string | null;
  readonly number: string | null;
  readonly fields: string[];
  readonly words: string | null;
  readonly because: TrailRefusal | null;
  readonly times: number | null;
  readonly sealed: boolean;
}

/** Entries that one file holds at most at once in memory. */
const FILE_PAGE = 1_000;
export const TRAIL_COLUMNS = [
  'at',
  'operator',
  'act',
  'operation',
  'subject',
  'id',
  'case',
  'fields',
  'words',
  'because',
  'times',
] as const;

/** What an auditor sees of the trail. */
@Injectable()
export class TrailQuery {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Anchoring) private readonly anchoring: Anchoring,
  ) {}

  /** The entries of the administration for which every filter holds, the newest first. */
  async list(operator: Asking, filter: ListTrail): Promise<TrailPage> {
    const limit = limitOf(filter);
    return pageOf(await this.rows(operator, filter, cursorOf(filter.after), limit + 1), limit, viewOf);
  }

  /** All of them, as rows of a file. */
  async *file(operator: Asking, filter: TrailFilter): AsyncGenerator<Readonly<Record<string, string>>> {
    for (let after: Cursor | undefined; ;) {
      const rows = await this.rows(operator, filter, after, FILE_PAGE);
      yield* rows.map(cellsOf);
      after = rows.at(-1);
      if (rows.length < FILE_PAGE) return;
    }
  }

  async state({ administrationId }: Asking): Promise<TrailState> {
    const [head]: { day: string | null; number: number | null; hash: string }[] = await this.dataSource.query(
      `select day::text as day, number, encode(hash, 'hex') as hash from trail_head where administration_id = $1`,
      [administrationId],
    );
    const anchors: {
      day: string;
      number: number;
      at: Date;
      driver: string;
      held_at: Date | null;
      trouble: string | null;
    }[] = await this.dataSource.query(
      `select day::text as day, number, at, driver, held_at, trouble from trail_anchor where administration_id = $1
       order by at desc, driver limit 50`,
      [administrationId],
    );
    return {
      ...(head?.day ? present({ day: head.day, number: head.number, hash: head.hash }) : {}),
      ...present({ publicKey: this.anchoring.publicKey ?? null }),
      anchors: anchors.map(one => ({
        day: one.day,
        number: one.number,
        at: at(one.at),
        keeper: one.driver,
        ...present({ heldAt: atOrNull(one.held_at), trouble: one.trouble }),
      })),
    };
  }

  private rows(
    { administrationId, sight }: Asking,
    filter: TrailFilter,
    cursor: Cursor | undefined,
    limit: number,
  ): Promise<Row[]> {
    const where = new Where()
      .and('e.administration_id = $?', administrationId)
      .and('e.actor_id = $?', filter.operator)
      .and('e.case_id = $?', filter.case)
      .and('e.subject_id = $?', filter.subject)
      .and('e.act = $?', filter.act)
      .and('e.at >= $?', filter.from)
      .and('e.at < $?', filter.before)
      .and('(e.at, e.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const shown = seenSql(sight, value => where.parameter(value));
    return this.dataSource.query(
      `select e.id, e.at as entry_at, e.actor_id, case e.actor_kind when 'contact' then 'Cittadino' when 'office' then o.name when 'outside' then k.name when 'nobody' then 'Sconosciuto' else p.name end as actor, e.act, e.operation, e.subject_kind, e.subject_id, e.case_id, c.number,
         e.fields, e.because, e.times, w.words, (e.xid, e.position) <= (h.entries_xid, h.entries_position) is true as sealed, ${cursorAt('e.at')} as at
       from (select e.* from trail_entry e where ${where.toString()} order by e.at desc, e.id desc limit ${limit}) e
         left join operator p on p.id = e.actor_id left join office o on o.id = e.actor_id
         left join letter k on e.actor_kind = 'outside' and k.id = e.actor_id left join case_file c on c.id = e.case_id and ${shown}
         left join searched_words w on w.entry_id = e.id
         left join trail_head h on h.administration_id = e.administration_id
       order by e.at desc, e.id desc`,
      where.parameters,
    );
  }
}

const viewOf = (row: Row): TrailEntryView => ({
  id: row.id,
  at: at(row.entry_at),
  operator: { id: row.actor_id, name: row.actor ?? '?' },
  act: row.act,
  operation: row.operation,
  subjectKind: row.subject_kind,
  ...present({ subject: row.subject_id, words: row.words, because: row.because, times: row.times }),
  ...(row.case_id !== null && row.number !== null ? { case: { id: row.case_id, number: row.number } } : {}),
  fields: row.fields,
  sealed: row.sealed,
});

const cellsOf = (row: Row): Record<(typeof TRAIL_COLUMNS)[number], string> => ({
  at: at(row.entry_at),
  operator: row.actor ?? row.actor_id,
  act: row.act,
  operation: row.operation,
  subject: row.subject_kind,
  id: row.subject_id ?? '',
  case: row.number ?? '',
  fields: row.fields.join(' '),
  words: row.words ?? '',
  because: row.because ?? '',
  times: row.times?.toString() ?? '',
});
