import { Inject, Injectable } from '@nestjs/common';
import type { LetterPage, LetterState, LetterView, ListLetters } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { cursorAt, cursorOf, limitOf, pageOf, type Cursor } from '../http/paging.js';
import { at, present } from '../http/present.js';
import { Where } from '../http/where.js';
import { seenSql } from '../permission/seen.js';

interface Row extends Cursor {
  readonly kind: string;
  readonly case_id: string | null;
  readonly number: string | null;
  readonly task_id: string | null;
  readonly office_id: string | null;
  readonly office: string | null;
  readonly operator_id: string | null;
  readonly operator: string | null;
  readonly name: string | null;
  readonly sent_to: string | null;
  readonly subject: string;
  readonly state: LetterState;
  readonly trouble: string | null;
  readonly message: string | null;
  readonly created_at: Date;
}

/** A letter's own message: the first that left with it. */
const MESSAGE = `select m.id, m.send_state, coalesce(m.send_detail, m.refusal_reason) as detail from message m
  where m.letter_id = l.id and m.direction = 'out' order by m.seq limit 1`;

/** What the screen of letters shows. */
@Injectable()
export class LetterQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The letters of the administration for which every filter holds, the newest first. */
  async list({ administrationId, sight }: Asking, filter: ListLetters): Promise<LetterPage> {
    const cursor = cursorOf(filter.after);
    const limit = limitOf(filter);
    const where = new Where()
      .and('l.administration_id = $?', administrationId)
      .and('l.office_id = $?', filter.office)
      .and('l.case_id = $?', filter.case)
      .and('l.kind = $?', filter.kind)
      .and(
        `case when l.state = 'waiting' then 'waiting' else (select x.send_state from (${MESSAGE}) x) end = $?`,
        filter.state,
      )
      .and('(l.created_at, l.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    where.and(
      `l.case_id is null or exists (
         select from case_file c where c.id = l.case_id and ${seenSql(sight, value => where.parameter(value))})`,
    );
    const rows: Row[] = await this.dataSource.query(
      `select l.id, l.kind, l.case_id, c.number, l.task_id, l.office_id, o.name as office, l.operator_id, p.name as operator,
         l.name, l.sent_to, l.subject, case when l.state = 'waiting' then 'waiting' else m.send_state end as state,
         coalesce(l.trouble, m.detail) as trouble, m.id as message, l.created_at, ${cursorAt('l.created_at')} as at
       from (select l.* from letter l where ${where.toString()} order by l.created_at desc, l.id desc limit ${limit + 1}) l
         left join lateral (${MESSAGE}) m on true
         left join case_file c on c.id = l.case_id left join office o on o.id = l.office_id
         left join operator p on p.id = l.operator_id
       order by l.created_at desc, l.id desc`,
      where.parameters,
    );
    return pageOf(rows, limit, viewOf);
  }
}

const viewOf = (row: Row): LetterView => ({
  id: row.id,
  kind: row.kind,
  ...(row.case_id !== null && row.number !== null ? { case: { id: row.case_id, number: row.number } } : {}),
  ...(row.office_id !== null && row.office !== null ? { office: { id: row.office_id, name: row.office } } : {}),
  ...(row.operator_id !== null && row.operator !== null
    ? { operator: { id: row.operator_id, name: row.operator } }
    : {}),
  ...present({ task: row.task_id, name: row.name, sentTo: row.sent_to, trouble: row.trouble, message: row.message }),
  subject: row.subject,
  state: row.state,
  createdAt: at(row.created_at),
});
