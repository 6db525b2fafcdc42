import { Inject, Injectable } from '@nestjs/common';
import type {
  AnnouncementView,
  IncidentSuggestionList,
  MemberPreview,
  MemberPreviews,
  RelatedCase,
} from '@filodiretto/contracts';
import { ENDED_STATES } from '@filodiretto/contracts';
import { alike, mayWith, NEAR_METERS, whyNotHead, whyNotMember, type Case, type SeenCase } from '@filodiretto/domain';
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
/** Suggested at most. */
const MOST = 100;
/** Of each sort (before, after, same category, same place), the open cases nearest in time that are looked at. */
const LOOKED_AT = 300;
/** Characters of what was first said that are compared. */
const WORDS = 1_000;

interface LikeRow extends RelatedCase {
  readonly hours: number;
  readonly meters: number | null;
  readonly same_category: boolean;
  readonly titles: number;
  readonly said: readonly string[];
}

/** Stems of what was first said in a case. */
const SAID = (id: string): string => `tsvector_to_array(to_tsvector('filodiretto', coalesce((
  select left(m.text, ${WORDS}) from message m
  where m.case_id = ${id} and m.direction = 'in' and m.visibility <> 'internal' and m.letter_id is null and m.copy_of is null
  order by m.sent_at, m.seq limit 1), '')))`;
const OPEN = `c.state not in (${ENDED_STATES.map(state => `'${state}'`).join(', ')}) and c.incident_head is null and c.merged_into is null`;
const nearest = (matches: string, way: 'asc' | 'desc', from = 'case_file c'): string => `
  (select c.id from ${from} where ${matches} and ${OPEN} and c.id <> h.id and c.opened_at ${way === 'asc' ? '>=' : '<='} h.opened_at
     and c.opened_at between h.opened_at - make_interval(hours => $3) and h.opened_at + make_interval(hours => $3)
   order by c.opened_at ${way} limit ${LOOKED_AT})`;
const both = (matches: string, from?: string): string =>
  `${nearest(matches, 'desc', from)} union ${nearest(matches, 'asc', from)}`;

/** A case with the open ones of about its time that may be on the same matter: those next to it, of its category, and in its place. */
const likeSql = (seen: string): string => `
  with h as (
    select c.id, c.administration_id, c.opened_at, c.category_id, c.subject, l.latitude, l.longitude,
      ${NEAR_METERS} / 111000.0 as up, ${NEAR_METERS} / (111000.0 * greatest(cos(radians(l.latitude)), 0.01)) as aside
    from case_file c left join case_place l on l.case_id = c.id
    where c.administration_id = $1 and c.id = $2
  ),
  found as (
    select x.id from h cross join lateral (
      ${both('c.administration_id = h.administration_id')}
      union ${both('c.category_id = h.category_id')}
      union ${both(
        `l.latitude is not null and c.administration_id = h.administration_id
         and point(l.longitude, l.latitude) <@ box(point(h.longitude - h.aside, h.latitude - h.up), point(h.longitude + h.aside, h.latitude + h.up))`,
        'case_place l join case_file c on c.id = l.case_id',
      )}) x
  )
  select ${SAID('h.id')} as said, (
    select coalesce(json_agg(v), '[]') from (
      select c.id, c.number, c.subject, c.state, abs(extract(epoch from c.opened_at - h.opened_at)) / 3600 as hours,
        case when h.latitude is not null and l.latitude is not null
          then meters_between(h.latitude, h.longitude, l.latitude, l.longitude) end as meters,
        coalesce(c.category_id = h.category_id, false) as same_category, similarity(c.subject, h.subject)::float8 as titles,
        ${SAID('c.id')} as said
      from found f join case_file c on c.id = f.id left join case_place l on l.case_id = c.id
      where ${seen} and not exists (select from case_file m where m.incident_head = c.id)
    ) v) as "like"
  from h`;

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
    const parameters: unknown[] = [administrationId, caseId, hours];
    const [head]: { readonly said: string[]; readonly like: readonly LikeRow[] }[] = await this.dataSource.query(
      likeSql(seenWith(sight, parameters)),
      parameters,
    );
    if (!head) return undefined;
    const found = head.like.flatMap(row => {
      const { meters, titles } = row;
      const why = alike(
        { hours: row.hours, meters, sameCategory: row.same_category, titles, said: [head.said, row.said] },
        hours,
      );
      return why ? [{ row, why }] : [];
    });
    return {
      items: found
        .sort((a, b) => b.why.score - a.why.score || (a.row.id < b.row.id ? -1 : 1))
        .slice(0, MOST)
        .map(({ row, why }) => ({
          case: { id: row.id, number: row.number, subject: row.subject, state: row.state },
          sameCategory: row.same_category,
          likeness: Math.round(why.likeness * 100) / 100,
          alikeWords: why.alikeWords,
          ...present({ meters: row.meters === null ? null : Math.round(row.meters) }),
          near: why.near,
          hoursApart: Math.round(row.hours),
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
