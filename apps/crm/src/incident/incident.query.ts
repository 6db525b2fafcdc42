import { Inject, Injectable } from '@nestjs/common';
import type {
  AnnouncementView,
  IncidentSuggestionList,
  MemberPreview,
  MemberPreviews,
  RelatedCase,
} from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts';
import { mayWith, whyNotHead, whyNotMember, type Case, type SeenCase } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { CASE_COLUMNS, caseOf, rowOf } from '../case/case-row.js';
import type { Asking } from '../http/operator.js';
import { at, present } from '../http/present.js';
import { SEEN_COLUMNS, seenWith, type SeenRow } from '../permission/seen.js';
import { NOT_THEIRS } from '../permission/standing.js';
import { refused, refusedField, type Refused } from '../refused.js';

interface AnnouncementRow {
  readonly id: string;
  readonly case_id: string;
  readonly done_at: Date | null;
  readonly outcome: AnnouncementView['outcome'] | null;
  readonly created_at: Date;
  readonly cases: number;
  readonly told: number;
  readonly pending: number;
  readonly refused: AnnouncementView['refused'];
}

/** Hours before and after a case in which others may be on the same matter. */
const HOURS = 48;
/** Below this, titles are not alike (what `pg_trgm` takes for alike unless told). */
const LIKENESS = 0.3;

/** What the screens of incidents show, one statement each. */
@Injectable()
export class IncidentQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Open cases of about the same time that look like the same matter; `undefined` when there is no such case. */
  async suggestions(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    caseId: string,
    hours = HOURS,
  ): Promise<IncidentSuggestionList | undefined> {
    const parameters: unknown[] = [administrationId, caseId, ENDED_STATES, hours];
    const rows: (RelatedCase & { readonly same_category: boolean; readonly likeness: number })[] =
      await this.dataSource.query(
        `select s.* from case_file h left join lateral (
           select c.id, c.number, c.subject, c.state, coalesce(c.category_id = h.category_id, false) as same_category,
             similarity(c.subject, h.subject)::float8 as likeness
           from case_file c
           where c.administration_id = h.administration_id and c.id <> h.id and c.state <> all($3::text[])
             and c.incident_head is null and c.merged_into is null and ${seenWith(sight, parameters)}
             and not exists (select from case_file m where m.incident_head = c.id)
             and c.opened_at between h.opened_at - make_interval(hours => $4) and h.opened_at + make_interval(hours => $4)
             and (c.category_id = h.category_id or similarity(c.subject, h.subject) >= ${LIKENESS})
           order by coalesce(c.category_id = h.category_id, false)::int * 0.5 + similarity(c.subject, h.subject) desc, c.id
           limit 100) s on true
         where h.administration_id = $1 and h.id = $2`,
        parameters,
      );
    if (rows.length === 0) return undefined;
    return {
      items: rows
        .filter(row => (row.id as unknown) !== null)
        .map(({ id, number, subject, state, same_category: sameCategory, likeness }) => ({
          case: { id, number, subject, state },
          sameCategory,
          likeness: Math.round(likeness * 100) / 100,
        })),
    };
  }

  /** What would become of cases put under a head, as `Incidents.attach` decides it; nothing is changed. */
  async members(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    headId: string,
    cases: readonly string[],
  ): Promise<MemberPreviews | Refused> {
    const asked = [...new Set(cases.map(id => id.toLowerCase()))];
    const parameters: unknown[] = [administrationId, [headId, ...asked]];
    const rows: (Readonly<Record<string, unknown>> & {
      readonly seen: SeenRow;
      readonly leads: boolean;
      readonly office_name: string | null;
    })[] = await this.dataSource.query(
      `select ${CASE_COLUMNS}, (select row_to_json(s) from (select ${SEEN_COLUMNS}) s) as seen, o.name as office_name,
         exists (select from case_file m where m.incident_head = c.id) as leads
       from case_file c left join office o on o.id = c.office_id
       where c.administration_id = $1 and c.id = any($2::uuid[]) and ${seenWith(sight, parameters)}`,
      parameters,
    );
    const found = new Map(
      rows.map(row => [String(row['id']), { ...row, subject: String(row['subject']), case: caseOf(rowOf(row)) }]),
    );
    const leading = found.get(headId);
    if (!leading) return refused('not-found', 'There is no such case.');
    const head = leading.case;
    const no = whyNotHead(head);
    if (no) return no;
    const items: MemberPreview[] = [];
    for (const id of asked) {
      const one = found.get(id);
      if (!one) return refusedField('/cases', 'there is none of this id here');
      const because = mayChange(sight, one.seen)
        ? whyNotMember(head, one.case, one.leads)
        : refused('not-allowed', NOT_THEIRS);
      const already = one.case.head === head.id;
      items.push({
        case: related(one),
        already,
        moves: !because && !already && head.office !== null && head.office !== one.case.office,
        ...(because ? { problem: because.refused, detail: because.detail } : {}),
      });
    }
    return {
      head: related(leading),
      ...(head.office !== null && leading.office_name !== null
        ? { office: { id: head.office, name: leading.office_name } }
        : {}),
      items,
    };
  }

  /** How far an announcement has come; `undefined` when the administration has none of this id. */
  async announcement(
    asking: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<AnnouncementView | undefined> {
    return (await this.announcements(asking, id))[0];
  }

  private async announcements(
    { administrationId, sight }: Pick<Asking, 'administrationId' | 'sight'>,
    id: string,
  ): Promise<AnnouncementView[]> {
    const parameters: unknown[] = [administrationId, id];
    const rows: AnnouncementRow[] = await this.dataSource.query(
      `select a.id, a.case_id, a.done_at, a.outcome, a.created_at, count(r.case_id)::int as cases,
         count(*) filter (where r.state = 'queued' and r.told_by is null)::int as told,
         count(*) filter (where r.state = 'pending')::int as pending,
         coalesce(json_agg(json_build_object('case',
           json_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'state', c.state),
           'problem', r.problem, 'detail', r.detail) order by c.number) filter (where r.state = 'refused' and ${seenWith(sight, parameters)}), '[]') as refused
       from announcement a
       left join announcement_recipient r on r.announcement_id = a.id
       left join case_file c on c.id = r.case_id
       where a.administration_id = $1 and a.id = $2 group by a.id`,
      parameters,
    );
    return rows.map(row => ({
      id: row.id,
      case: row.case_id,
      state: row.done_at === null ? 'going' : 'done',
      ...present({ outcome: row.outcome }),
      cases: row.cases,
      told: row.told,
      pending: row.pending,
      refused: row.refused,
      createdAt: at(row.created_at),
    }));
  }
}

const mayChange = (sight: Asking['sight'], one: SeenCase): boolean =>
  sight === 'all' || mayWith(sight, one, 'change') === 'may';

const related = ({
  subject,
  case: { id, number, state },
}: {
  readonly subject: string;
  readonly case: Case;
}): RelatedCase => ({
  id,
  number,
  subject,
  state,
});
