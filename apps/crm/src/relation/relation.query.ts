import { Inject, Injectable } from '@nestjs/common';
import type { CaseRelationKind, CaseRelationList, CaseState, MergeView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { at, atOrNull, present } from '../http/present.js';
import { seenWith } from '../permission/seen.js';

interface RelationRow {
  readonly kind: CaseRelationKind;
  readonly id: string;
  readonly number: string;
  readonly subject: string;
  readonly state: CaseState;
  readonly at: Date | null;
  readonly merge: string | null;
  readonly undo_until: Date | null;
}

interface MergeRow {
  readonly id: string;
  readonly into: MergeView['into'];
  readonly from: MergeView['from'];
  readonly messages: number;
  readonly conversations: number;
  readonly at: Date;
  readonly undo_until: Date;
  readonly undone_at: Date | null;
}

/** Until when a merge `m` can be undone, as its administration decided. */
export const UNDO_UNTIL = `m.at + make_interval(hours => coalesce(
  (select d.undo_merge_hours from administration_setting d where d.administration_id = m.administration_id), 72))`;

const REF = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'number', ${alias}.number, 'subject', ${alias}.subject, 'state', ${alias}.state)`;

/** How cases stand to each other, for the screens. */
@Injectable()
export class RelationQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Everything that stands in relation to a case; `undefined` when the administration has none of this id. */
  async relations(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    caseId: string,
  ): Promise<CaseRelationList | undefined> {
    const parameters: unknown[] = [administrationId, caseId];
    const rows: (RelationRow & { readonly exists: true })[] = await this.dataSource.query(
      `select r.kind, o.id, o.number, o.subject, o.state, r.at, r.merge, r.undo_until
       from case_file c
       left join lateral (
         select 'related' as kind, case when l.case_a = c.id then l.case_b else l.case_a end as other, l.at,
           null::uuid as merge, null::timestamptz as undo_until
         from case_link l where c.id in (l.case_a, l.case_b)
         union all
         select 'merged', m.from_case, m.at, m.id, ${UNDO_UNTIL} from case_merge m
         where m.into_case = c.id and m.undone_at is null
         union all
         select 'merged_into', m.into_case, m.at, m.id, ${UNDO_UNTIL} from case_merge m
         where m.from_case = c.id and m.undone_at is null
         union all
         select 'duplicate', d.id, d.ended_at, null, null from case_file d
         where d.duplicate_of = c.id and d.merged_into is null
         union all
         select 'duplicate_of', c.duplicate_of, c.ended_at, null, null
         where c.duplicate_of is not null and c.merged_into is null
         union all
         select 'incident_member', i.id, null, null, null from case_file i where i.incident_head = c.id
         union all
         select 'incident_head', c.incident_head, null, null, null where c.incident_head is not null
         union all
         select 'follow_up', f.id, f.opened_at, null, null from case_file f where f.follow_up_of = c.id
         union all
         select 'follow_up_of', c.follow_up_of, c.opened_at, null, null where c.follow_up_of is not null
         union all
         select 'split_off', s.new_case, s.at, null, null from case_split s where s.from_case = c.id
         union all
         select 'split_from', s.from_case, s.at, null, null from case_split s where s.new_case = c.id
       ) r on true
       left join case_file o on o.id = r.other and ${seenWith(sight, parameters, 'o')}
       where c.administration_id = $1 and c.id = $2 and ${seenWith(sight, parameters)} order by r.at nulls first, o.number`,
      parameters,
    );
    if (rows.length === 0) return undefined;
    return {
      items: rows.flatMap(row =>
        (row.kind as unknown) === null || (row.id as unknown) === null ? [] : [relationView(row)],
      ),
    };
  }

  async merge({ administrationId }: Pick<Asking, 'administrationId'>, id: string): Promise<MergeView | undefined> {
    const rows: MergeRow[] = await this.dataSource.query(
      `select m.id, ${REF('a')} as into, ${REF('b')} as from, m.at, ${UNDO_UNTIL} as undo_until, m.undone_at,
         (select count(*)::int from case_merge_item i where i.merge_id = m.id and i.kind = 'message') as messages,
         (select count(*)::int from case_merge_item i where i.merge_id = m.id and i.kind = 'conversation') as conversations
       from case_merge m join case_file a on a.id = m.into_case join case_file b on b.id = m.from_case
       where m.administration_id = $1 and m.id = $2`,
      [administrationId, id],
    );
    return rows[0] && mergeView(rows[0]);
  }
}

const relationView = ({
  kind,
  id,
  number,
  subject,
  state,
  ...row
}: RelationRow): CaseRelationList['items'][number] => ({
  kind,
  case: { id, number, subject, state },
  ...present({ at: atOrNull(row.at), merge: row.merge, undoUntil: atOrNull(row.undo_until) }),
});

const mergeView = (row: MergeRow): MergeView => ({
  id: row.id,
  into: row.into,
  from: row.from,
  messages: row.messages,
  conversations: row.conversations,
  at: at(row.at),
  undoUntil: at(row.undo_until),
  ...present({ undoneAt: atOrNull(row.undone_at) }),
});
